//! A second factor that is being set up: its secret, to scan and to type.

use crate::actions::sign_in::new_factor;
use crate::app::App;
use crate::web::errors::WebError;

/// Letters of a fresh secret: 20 bytes in base32.
const SECRET: usize = 32;

/// A second factor that is being set up.
pub struct Enrolment {
    pub secret: String,
    /// In groups of four, to type in.
    pub groups: String,
    pub qr: Qr,
}

/// A QR code as one path on a grid.
pub struct Qr {
    pub size: usize,
    pub path: String,
}

/// The secret that is being set up: the one on the page before, or a fresh one.
pub fn enrol(app: &App, email: &str, kept: Option<String>) -> Result<Enrolment, WebError> {
    let (fresh, url) = new_factor(app, email)?;
    let (secret, url) = match kept {
        Some(kept) => (kept.clone(), url.replace(&fresh, &kept)),
        None => (fresh, url),
    };
    let letters: Vec<char> = secret.chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    Ok(Enrolment { groups: groups.join(" "), qr: draw(&url)?, secret })
}

fn draw(url: &str) -> Result<Qr, WebError> {
    let code = qrcode::QrCode::new(url).map_err(|error| WebError::Internal(error.to_string()))?;
    let modules = code.to_colors();
    let width = code.width().max(1);
    let squares = modules.iter().enumerate().filter(|(_, color)| **color == qrcode::Color::Dark);
    // Four empty modules around, as scanners want.
    let path = squares.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width + 4, at / width + 4)).collect();
    Ok(Qr { size: width + 8, path })
}

/// Whether a text can be such a secret.
pub fn is_secret(text: &str) -> bool {
    text.len() == SECRET && text.bytes().all(|b| b.is_ascii_uppercase() || (b'2'..=b'7').contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_has_the_letters_of_base32() {
        assert!(is_secret("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"));
        assert!(!is_secret("abcdefghijklmnopqrstuvwxyz234567") && !is_secret("ABC") && !is_secret(""));
    }

    #[test]
    fn a_qr_code_has_its_margin() {
        let qr =
            draw("otpauth://totp/Inlet:a%40example.org?secret=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567&issuer=Inlet").unwrap();
        assert!(qr.path.starts_with("M4 4h1v1h-1z") && qr.size > 30);
    }
}
