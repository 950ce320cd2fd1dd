//! Checksums by polynomial division.

/// CRC-32, as gzip has it, of what has this checksum and the bytes behind it.
pub fn crc32(crc: u32, bytes: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new_with_initial(crc);
    hasher.update(bytes);
    hasher.finalize()
}

/// What each byte adds to the checksum of BinHex.
const HQX: [u16; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut remainder = (byte as u16) << 8;
        let mut bit = 0;
        while bit < 8 {
            let carries = remainder & 0x8000 != 0;
            remainder <<= 1;
            if carries {
                remainder ^= 0x1021;
            }
            bit += 1;
        }
        table[byte] = remainder;
        byte += 1;
    }
    table
};

/// The checksum of BinHex (CRC-CCITT) of what has this checksum and the bytes behind it.
pub fn crc_hqx(crc: u16, bytes: &[u8]) -> u16 {
    bytes.iter().fold(crc, |crc, byte| crc << 8 ^ HQX[usize::from((crc >> 8) as u8 ^ byte)])
}
