//! Public references: `PRA-7K3M-9Q2X`. Random, so never guessable from another; the last character checks the rest.

use rand::RngExt;

/// Crockford's base32: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Characters after the prefix, the check character included.
const LENGTH: usize = 8;

/// A reference in its one written form.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reference(String);

/// Why something typed is not a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAReference {
    /// Wrong length or characters.
    Shape,
    /// One character is mistyped, or two are swapped.
    Check,
}

impl Reference {
    /// A new one for a form's prefix: 35 random bits and a check character.
    #[must_use]
    pub fn random(prefix: &str, rng: &mut impl rand::Rng) -> Self {
        let mut values: Vec<u8> = (1..LENGTH).map(|_| rng.random_range(0..32)).collect();
        values.push(check_value(&values));
        Self::write(prefix, &values)
    }

    /// Reads what a person typed: any case, with or without dashes and spaces, I and L for 1, O for 0.
    ///
    /// # Errors
    /// [`NotAReference`], so that the answer can be kind.
    pub fn read(text: &str) -> Result<Self, NotAReference> {
        let letters: String =
            text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
        let (prefix, rest) = letters.split_at_checked(3).ok_or(NotAReference::Shape)?;
        if !prefix.bytes().all(|b| b.is_ascii_uppercase()) || rest.len() != LENGTH {
            return Err(NotAReference::Shape);
        }
        let values: Vec<u8> = rest.bytes().map(value_of).collect::<Option<_>>().ok_or(NotAReference::Shape)?;
        let (check, body) = values.split_last().ok_or(NotAReference::Shape)?;
        if check_value(body) != *check {
            return Err(NotAReference::Check);
        }
        Ok(Self::write(prefix, &values))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The three letters that tell the form.
    #[must_use]
    pub fn prefix(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    fn write(prefix: &str, values: &[u8]) -> Self {
        let mut text = String::from(prefix);
        for (index, value) in values.iter().enumerate() {
            if index.is_multiple_of(4) {
                text.push('-');
            }
            text.push(char::from(ALPHABET.get(usize::from(*value)).copied().unwrap_or(b'0')));
        }
        Self(text)
    }
}

impl std::fmt::Display for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

fn value_of(letter: u8) -> Option<u8> {
    let letter = match letter {
        b'I' | b'L' => b'1',
        b'O' => b'0',
        other => other,
    };
    ALPHABET.iter().position(|a| *a == letter).and_then(|at| u8::try_from(at).ok())
}

/// Multiplies by x in GF(32) with x⁵ + x² + 1.
fn times_x(value: u8) -> u8 {
    let doubled = value << 1;
    if doubled & 0b10_0000 == 0 { doubled } else { (doubled ^ 0b10_0101) & 0b1_1111 }
}

/// A polynomial checksum over GF(32): every single mistyped character and every swap of two is seen.
fn check_value(body: &[u8]) -> u8 {
    body.iter().fold(0, |sum, value| times_x(sum ^ value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_reference() -> impl Strategy<Value = Reference> {
        proptest::collection::vec(0u8..32, LENGTH - 1).prop_map(|mut values| {
            values.push(check_value(&values));
            Reference::write("PRA", &values)
        })
    }

    proptest! {
        #[test]
        fn is_read_however_it_is_typed(reference in any_reference()) {
            let text = reference.as_str();
            for typed in [text.to_lowercase(), text.replace('-', ""), text.replace('-', " "), format!(" {text} ")] {
                prop_assert_eq!(Reference::read(&typed), Ok(reference.clone()));
            }
        }

        #[test]
        fn one_wrong_character_is_noticed(reference in any_reference(), at in 0usize..8, by in 1u8..32) {
            let mut values: Vec<u8> = reference.as_str()[4..].bytes().filter_map(value_of).collect();
            values[at] = (values[at] + by) % 32;
            let wrong = Reference::write("PRA", &values);
            prop_assert_eq!(Reference::read(wrong.as_str()), Err(NotAReference::Check));
        }

        #[test]
        fn swapped_neighbours_are_noticed(reference in any_reference(), at in 0usize..7) {
            let mut values: Vec<u8> = reference.as_str()[4..].bytes().filter_map(value_of).collect();
            prop_assume!(values[at] != values[at + 1]);
            values.swap(at, at + 1);
            let wrong = Reference::write("PRA", &values);
            prop_assert_eq!(Reference::read(wrong.as_str()), Err(NotAReference::Check));
        }
    }
}
