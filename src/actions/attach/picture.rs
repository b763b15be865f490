//! A picture without what cameras and programs hide in it: place, device, author, thumbnails, comments.
//!
//! Only what draws the picture is kept, named one by one, so that what nobody thought of goes too. The pixels are not
//! decoded: nothing is lost of them, and no decoder meets a hostile file. What follows the end of the picture (a second
//! picture, a film) is cut off.

/// The picture as the public may have it; `None` where it cannot be read.
#[must_use]
pub fn bare(media_type: &str, content: &[u8]) -> Option<Vec<u8>> {
    match media_type {
        "image/jpeg" => bare_jpeg(content),
        "image/png" => bare_png(content),
        _ => None,
    }
}

const SCAN: u8 = 0xDA;
const END: u8 = 0xD9;

fn bare_jpeg(content: &[u8]) -> Option<Vec<u8>> {
    let mut rest = content.strip_prefix(&[0xFF, 0xD8])?;
    let mut out = Vec::with_capacity(content.len());
    out.extend([0xFF, 0xD8]);
    let mut drawn = false;
    loop {
        let Some((marker, after)) = marker(rest) else {
            // Cut off before its end, as pictures from old cameras are: shown all the same.
            out.extend([0xFF, END]);
            return drawn.then_some(out);
        };
        rest = after;
        match marker {
            END => {
                out.extend([0xFF, END]);
                return drawn.then_some(out);
            }
            0x01 | 0xD0..=0xD7 => out.extend([0xFF, marker]),
            _ => {
                let length = usize::from(u16::from_be_bytes(*rest.first_chunk()?)).checked_sub(2)?;
                let (segment, after) = rest.get(2..)?.split_at_checked(length)?;
                rest = after;
                if let Some(kept) = kept_segment(marker, segment) {
                    out.extend([0xFF, marker]);
                    out.extend(u16::try_from(kept.len() + 2).ok()?.to_be_bytes());
                    out.extend(kept);
                }
                if marker == SCAN {
                    drawn = true;
                    let (drawing, after) = rest.split_at(drawing(rest));
                    out.extend(drawing);
                    rest = after;
                }
            }
        }
    }
}

/// The next marker and what follows it; bytes before it and filling are passed over.
fn marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let start = bytes.iter().position(|byte| *byte == 0xFF)?;
    let at = start + bytes.get(start..)?.iter().position(|byte| *byte != 0xFF)?;
    Some((*bytes.get(at)?, bytes.get(at + 1..)?))
}

/// How many bytes draw the picture before the next marker that is not one of theirs.
fn drawing(bytes: &[u8]) -> usize {
    let ends = |pair: &[u8]| matches!(pair, [0xFF, second] if !matches!(second, 0x00 | 0xFF | 0xD0..=0xD7));
    bytes.windows(2).position(ends).unwrap_or(bytes.len())
}

/// What is kept of a segment of a JPEG.
fn kept_segment(marker: u8, segment: &[u8]) -> Option<Vec<u8>> {
    match marker {
        // The resolution, without the thumbnail after it.
        0xE0 => {
            let density = segment.strip_prefix(b"JFIF\0")?.get(..7)?;
            Some([b"JFIF\0", density, &[0, 0]].concat())
        }
        0xE1 => {
            let turned = orientation(segment.strip_prefix(b"Exif\0\0")?)?;
            Some([b"Exif\0\0".as_slice(), &only_orientation(turned)].concat())
        }
        // The colours.
        0xE2 => segment.starts_with(b"ICC_PROFILE\0").then(|| segment.to_vec()),
        0xEE => segment.starts_with(b"Adobe").then(|| segment.to_vec()),
        // Everything else that programs add, and comments.
        0xE3..=0xED | 0xEF | 0xFE => None,
        // Tables, frames and scans.
        0xC0..=0xCF | 0xDA..=0xDF => Some(segment.to_vec()),
        _ => None,
    }
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

fn bare_png(content: &[u8]) -> Option<Vec<u8>> {
    let mut rest = content.strip_prefix(PNG)?;
    let mut out = Vec::with_capacity(content.len());
    out.extend(PNG);
    loop {
        let length = usize::try_from(u32::from_be_bytes(*rest.first_chunk()?)).ok()?;
        let (chunk, after) = rest.split_at_checked(length.checked_add(12)?)?;
        rest = after;
        let (kind, data) = chunk.get(4..length + 8)?.split_first_chunk::<4>()?;
        match kind {
            b"IEND" => {
                out.extend(chunk);
                return Some(out);
            }
            b"eXIf" => {
                if let Some(turned) = orientation(data) {
                    push_chunk(&mut out, *b"eXIf", &only_orientation(turned))?;
                }
            }
            // Pixels, colours, resolution and moving pictures.
            b"IHDR" | b"PLTE" | b"IDAT" | b"tRNS" | b"gAMA" | b"cHRM" | b"sRGB" | b"iCCP" | b"cICP" | b"sBIT"
            | b"bKGD" | b"pHYs" | b"acTL" | b"fcTL" | b"fdAT" => out.extend(chunk),
            _ => {}
        }
    }
}

fn push_chunk(out: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) -> Option<()> {
    out.extend(u32::try_from(data.len()).ok()?.to_be_bytes());
    out.extend(kind);
    out.extend(data);
    out.extend(crc([kind.as_slice(), data].concat()).to_be_bytes());
    Some(())
}

/// CRC-32 as PNG has it; only ever of a few bytes.
fn crc(bytes: Vec<u8>) -> u32 {
    !bytes.into_iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & 0u32.wrapping_sub(crc & 1)))
    })
}

/// How the picture is turned, where its data (TIFF inside) say that it is.
fn orientation(tiff: &[u8]) -> Option<u16> {
    let little = tiff.starts_with(b"II");
    let short = |at: usize| {
        let bytes = *tiff.get(at..)?.first_chunk()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = |at: usize| {
        let bytes = *tiff.get(at..)?.first_chunk()?;
        usize::try_from(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) }).ok()
    };
    let first = long(4)?;
    let entries = (0..usize::from(short(first)?)).map(|entry| first.saturating_add(2 + entry * 12));
    let at = entries.take_while(|at| *at < tiff.len()).find(|at| short(*at) == Some(0x0112))?;
    short(at.checked_add(8)?).filter(|turned| (2..=8).contains(turned))
}

/// A TIFF that says how the picture is turned, and nothing else.
fn only_orientation(turned: u16) -> [u8; 26] {
    let mut tiff = *b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    if let Some(value) = tiff.get_mut(18..20) {
        value.copy_from_slice(&turned.to_be_bytes());
    }
    tiff
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xFF, marker], length.as_slice(), content].concat()
    }

    /// A camera's TIFF: make, orientation, and a place.
    fn camera(turned: u8) -> Vec<u8> {
        let entry =
            |tag: [u8; 2], kind: u8, value: [u8; 4]| [&tag, [kind, 0].as_slice(), &[1, 0, 0, 0], &value].concat();
        let entries = [
            entry([0x0F, 0x01], 2, *b"CAM\0"),
            entry([0x12, 0x01], 3, [turned, 0, 0, 0]),
            entry([0x25, 0x88], 4, [99, 0, 0, 0]),
        ];
        [b"II*\0\x08\0\0\0\x03\0".as_slice(), &entries.concat(), &[0; 4], b"GPSPLACE"].concat()
    }

    fn jpeg(turned: u8) -> Vec<u8> {
        [
            b"\xFF\xD8".to_vec(),
            segment(0xE0, b"JFIF\0\x01\x02\0\0\x48\0\x48\x01\x01THUMBNAIL"),
            segment(0xE1, &[b"Exif\0\0".as_slice(), &camera(turned)].concat()),
            segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0XMPDATA"),
            segment(0xED, b"Photoshop 3.0\0IPTCDATA"),
            segment(0xFE, b"COMMENT"),
            segment(0xE2, b"ICC_PROFILE\0\x01\x01colours"),
            segment(0xDB, b"table"),
            segment(0xDA, b"scan"),
            b"pix\xFF\0els\xFF\xD0more".to_vec(),
            segment(0xFE, b"BETWEEN"),
            segment(0xDA, b"scan"),
            b"second\xFF\xD9".to_vec(),
            b"\xFF\xD8TRAILER GPSPLACE".to_vec(),
        ]
        .concat()
    }

    fn has(bytes: &[u8], part: &[u8]) -> bool {
        bytes.windows(part.len()).any(|window| window == part)
    }

    #[test]
    fn a_photograph_keeps_its_pixels_its_colours_and_which_way_is_up() {
        let bare = bare("image/jpeg", &jpeg(6)).unwrap();
        for gone in ["THUMB", "CAM", "GPS", "XMP", "IPTC", "COMMENT", "BETWEEN", "TRAILER"] {
            assert!(!has(&bare, gone.as_bytes()), "{gone}");
        }
        for kept in [b"pix\xFF\0els\xFF\xD0more".as_slice(), b"second\xFF\xD9", b"colours", b"table"] {
            assert!(has(&bare, kept), "{kept:?}");
        }
        assert!(has(&bare, &only_orientation(6)) && orientation(&only_orientation(6)) == Some(6));
        assert!(bare.ends_with(b"\xFF\xD9"));
        assert_eq!(super::bare("image/jpeg", &bare).unwrap(), bare, "nothing more is found in it");
        assert!(!has(&super::bare("image/jpeg", &jpeg(1)).unwrap(), b"Exif"));
    }

    #[test]
    fn a_png_keeps_what_draws_it() {
        let mut png = PNG.to_vec();
        for (kind, data) in [
            (*b"IHDR", b"head".as_slice()),
            (*b"tEXt", b"Author\0NAME"),
            (*b"eXIf", &camera(8)),
            (*b"iTXt", b"XML:com.adobe.xmp GPSPLACE"),
            (*b"IDAT", b"pixels"),
            (*b"tIME", b"1234567"),
            (*b"IEND", b""),
        ] {
            push_chunk(&mut png, kind, data).unwrap();
        }
        assert!(png.ends_with(b"IEND\xAE\x42\x60\x82"), "the checksum is the one that every PNG ends with");
        png.extend(b"TRAILER");
        let bare = bare("image/png", &png).unwrap();
        for gone in ["NAME", "CAM", "GPS", "XML", "tIME", "TRAILER"] {
            assert!(!has(&bare, gone.as_bytes()), "{gone}");
        }
        assert!(has(&bare, b"IDATpixels") && has(&bare, &only_orientation(8)));
    }

    #[test]
    fn what_is_no_picture_gives_none_and_no_panic() {
        for (kind, whole) in [("image/jpeg", jpeg(3)), ("image/png", PNG.to_vec())] {
            for end in 0..whole.len() {
                let _ = bare(kind, &whole[..end]);
            }
            assert_eq!(bare(kind, &whole[..8]), None);
        }
        assert_eq!(bare("image/jpeg", b"\xFF\xD8\xFF\xE0\0\0\xFF\xD9"), None);
        assert_eq!(bare("image/jpeg", b"\xFF\xD8\xFF\xD9"), None);
        assert_eq!(orientation(b"II*\0\xFF\xFF\xFF\xFF"), None);
    }
}
