# compression.zstd: what comes out to the byte with levels, parameters and dictionaries, limits, and errors.
import hashlib
import pickle
import re

import _zstd
from compression.zstd import *

CP, DP = CompressionParameter, DecompressionParameter
C, D, Z = ZstdCompressor, ZstdDecompressor, ZstdDict


def t(function, *arguments, **named):
    try:
        print("  ", re.sub(" at 0x[0-9a-f]+", "", repr(function(*arguments, **named)))[:300])
    except Exception as error:
        print("  ", type(error).__name__, error)


for p in list(CP)+list(DP): print(p.name,p.bounds())
for a,k in (((),dict(level='a')),((),dict(level=5.0)),((),dict(level=100)),((),dict(level=-1<<20)),((),dict(level=1<<40)),((),dict(options=1)),((),dict(options={1:2})),((),dict(options={'a':2})),((),dict(options={CP.window_log:'a'})),((),dict(options={CP.window_log:99})),((),dict(options={CP.window_log:1<<40})),((),dict(options={CP.compression_level:5})),((),dict(options={CP.compression_level:500})),((),dict(level=1,options={})),((),dict(options={DP.window_log_max:15})),((),dict(zstd_dict=1)),((),dict(options={999:1})),((),dict(options={CP.strategy:Strategy.fast})),((),dict(options={CP.strategy:99})),((),dict(options={CP.enable_long_distance_matching:2})),((),dict(options={1<<40:1})),((1,2,3,4),{}),((None,None,None),{}),((1,),{}),((),dict(zstd_dict=(1,2))),((),dict(zstd_dict=(1,2,3)))): t(C,*a,**k)
for a,k in (((),dict(options=1)),((),dict(options={1:2})),((),dict(options={'a':2})),((),dict(options={DP.window_log_max:'a'})),((),dict(options={DP.window_log_max:99})),((),dict(options={CP.window_log:15})),((),dict(zstd_dict=1)),((1,2,3),{}),((),dict(options={DP.window_log_max:1<<40})),((),dict(x=1)),((),dict(options={999:1})),): t(D,*a,**k)
c=C()
t(c.compress)
t(c.compress,'a')
t(c.compress,b'abc')
t(c.compress,b'abc',5)
t(c.compress,b'abc','a')
t(c.compress,b'abc',mode=C.FLUSH_BLOCK)
print(c.last_mode)
t(c.flush,C.CONTINUE)
t(c.flush,5)
t(c.flush,'a')
t(c.flush)
print(c.last_mode)
t(c.flush)
print(C.CONTINUE,C.FLUSH_BLOCK,C.FLUSH_FRAME)
c=C()
t(c.set_pledged_input_size,'a')
t(c.set_pledged_input_size,-1)
t(c.set_pledged_input_size,1<<64)
t(c.set_pledged_input_size,(1<<64)-1)
t(c.set_pledged_input_size,(1<<64)-3)
t(c.set_pledged_input_size,None)
t(c.set_pledged_input_size,5)
t(c.compress,b'abc',C.FLUSH_FRAME)
t(c.compress,b'abcde',C.FLUSH_FRAME)
t(c.set_pledged_input_size,3)
t(c.compress,b'abc',C.CONTINUE)
t(c.set_pledged_input_size,3)
t(c.compress,b'abc',C.FLUSH_FRAME)
t(lambda:pickle.dumps(c))
t(c.compress,b'abc')
t(c.flush)
x=compress(b'a'*1000)
d=D()
t(d.decompress)
t(d.decompress,'a')
t(d.decompress,b'xxxxxxxxxxxxx')
t(d.decompress,x)
d=D()
t(d.decompress,x[:10],5)
t(lambda:(d.eof,d.needs_input,d.unused_data))
t(d.decompress,x[10:]+b'zz',5)
t(lambda:(d.eof,d.needs_input,d.unused_data))
t(lambda:len(d.decompress(b'')))
t(lambda:(d.eof,d.needs_input,d.unused_data))
t(d.decompress,b'')
t(d.decompress,b'',max_length='a')
d=D()
t(d.decompress,b'',0)
t(d.decompress,x,0)
t(lambda:(d.eof,d.needs_input,d.unused_data))
y=bytearray(compress(b'abc'*100,options={CP.checksum_flag:1}))
y[-1]^=1
t(D().decompress,bytes(y))
t(get_frame_info,x)
t(get_frame_info,b'')
t(get_frame_info,b'xxxxxxxx')
t(get_frame_info,'a')
t(get_frame_size,x)
t(get_frame_size,b'')
t(get_frame_size,x[:-1])
t(get_frame_size,b'xxxxxxxxxxxx')
t(get_frame_size,'a')
t(_zstd.get_param_bounds,100,True)
t(_zstd.get_param_bounds,100,is_compress=False)
t(_zstd.get_param_bounds,999,True)
t(_zstd.get_param_bounds,999,False)
t(_zstd.get_param_bounds,'a',True)
t(_zstd.get_param_bounds,1)
t(_zstd.set_parameter_types,1,2)
t(_zstd.set_parameter_types,int,2)
t(Z)
t(Z,b'')
t(Z,b'abc')
t(Z,b'a'*10)
t(Z,b'a'*10,is_raw=True)
t(Z,'a')
t(Z,b'a'*10,True)
t(Z,dict_content=b'a'*10,is_raw=True)
t(Z,b'abcdefg',is_raw=True)
z=Z(b'hello world hello'*10,is_raw=True)
print(len(z),z.dict_id,z.dict_content==b'hello world hello'*10,z.as_digested_dict[1:],z.as_undigested_dict[1:],z.as_prefix[1:])
t(lambda:pickle.dumps(z))
samples=[b'%d hello world %d foo bar %d'%(i,i*i,i%7) for i in range(2000)]
tr=train_dict(samples,2000)
print(tr,len(tr),tr.dict_id, hashlib.md5(tr.dict_content).hexdigest())
f=finalize_dict(z,samples,2000,3)
print(f,len(f),f.dict_id,hashlib.md5(f.dict_content).hexdigest())
for a in ((b'',(),1),(b'abc',(1,2),100),(b'abc',(1,1),100),(b'abc',(3,),0),(b'abc',(3,),-1),(b'abc',[3],100),('a',(1,),100),(b'abc',(-1,),100),(b'abc',('a',),100),(b'abc',(3,),100),(b'abc',(4,),100),(b'abc'*1000,(3,)*1000,100),(b'abc',(1<<70,),100),(b'abc',(3,),1<<70)): t(_zstd.train_dict,*a)
for a in ((b'abc',b'abc',(3,),0,3),(b'abc',b'abc',(3,),1000,3),(b'abc'*100,b'abc'*1000,(300,)*10,1000,3),('a',b'abc',(3,),100,3),(b'abc',b'abc',(3,),100,'a'),(b'abc',b'abc',(4,),100,3),(b'abc'*100,b'abc'*1000,(300,)*10,1000,300)): t(_zstd.finalize_dict,*a)
m=b'5 hello world 25 foo bar 5'*20
for dd in (tr,tr.as_digested_dict,tr.as_undigested_dict,tr.as_prefix,z,z.as_digested_dict,z.as_undigested_dict,z.as_prefix):
    for l in (None,1,19): 
        q=compress(m,level=l,zstd_dict=dd); print(len(q),q.hex()[:60], get_frame_info(q));
        for de in (tr,tr.as_digested_dict,tr.as_undigested_dict,tr.as_prefix,z,z.as_digested_dict,z.as_undigested_dict,z.as_prefix,None):
            try: print(decompress(q,zstd_dict=de)==m, end=' ')
            except Exception as e: print(type(e).__name__,e,end=' ')
    print()
t(decompress,b'')
t(decompress,x[:-3])
print(repr(z),repr(tr),zstd_version,zstd_version_info,_zstd.ZSTD_CLEVEL_DEFAULT)
for o in ({CP.nb_workers:2},{CP.nb_workers:2,CP.job_size:1<<20},{CP.window_log:15,CP.hash_log:12,CP.chain_log:12,CP.search_log:3,CP.min_match:4,CP.target_length:10,CP.strategy:3},{CP.enable_long_distance_matching:1,CP.ldm_hash_log:10},{CP.content_size_flag:0},{CP.checksum_flag:1},{CP.dict_id_flag:0},{CP.compression_level:-5},{CP.compression_level:22},{CP.compression_level:0}):
    b=bytes(i*i%253 for i in range(300000))
    q=compress(b,options=o); print(o,len(q),hashlib.md5(q).hexdigest(),decompress(q)==b)
