"""Lib's csv on it: dicts, sniffing, round trips."""
import csv
import io

rows = [["name", "text", "number"], ["a", 'with "quotes", and\nlines', "1"], ["", "é € 😀", "-2.5"]]
for dialect in ("excel", "excel-tab", "unix"):
    out = io.StringIO(newline="")
    csv.writer(out, dialect).writerows(rows)
    print(repr(out.getvalue()))
    assert list(csv.reader(io.StringIO(out.getvalue(), newline=""), dialect)) == rows
out = io.StringIO()
writer = csv.DictWriter(out, ["x", "y"], restval="-", extrasaction="ignore")
writer.writeheader()
writer.writerow({"x": 1, "z": 3})
print(out.getvalue())
print(list(csv.DictReader(io.StringIO("a,b\n1,2,3\n4\n"), restkey="more", restval="less")))
print(csv.Sniffer().sniff("a;b;c\n1;2;3\n").delimiter, csv.Sniffer().has_header("name;n\nx;1\ny;2\n"))
reader = csv.reader(["a,b", '"c', 'd",e', ""])
for row in reader:
    print(row, reader.line_num)
