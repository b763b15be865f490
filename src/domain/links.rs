//! Secrets that are derived, not stored (DESIGN 11): `HMAC(subkey, id ‖ generation)`. Revoking is the next generation.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::account::AccountId;
use super::event::hex;
use super::submission::SubmissionId;

/// What a link is for; each purpose has a key of its own, so that none opens what another does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The submitter's own page.
    Own,
    /// Confirms the e-mail address of a submission.
    Address,
    /// Says yes or no, from the old address, to another one.
    AddressChange,
    /// Fills in a draft.
    DraftEdit,
    /// Reads a draft.
    DraftRead,
    /// Follows what comes from one's own calendar.
    Calendar,
    /// Confirms, changes and ends a subscription.
    Subscription,
    /// Stops the alerts of a member of staff or of a mailbox.
    Alerts,
}

/// What a link opens.
pub trait Linked {
    /// Its id as it goes into the key.
    fn id_bytes(self) -> Vec<u8>;
}

impl Linked for SubmissionId {
    fn id_bytes(self) -> Vec<u8> {
        self.0.to_be_bytes().to_vec()
    }
}

impl Linked for AccountId {
    fn id_bytes(self) -> Vec<u8> {
        self.0.to_be_bytes().to_vec()
    }
}

// The id of a draft or a subscription.
impl Linked for &str {
    fn id_bytes(self) -> Vec<u8> {
        self.as_bytes().to_vec()
    }
}

/// The labels of keys that are not a submitter's.
const PARTY: &[u8] = b"inlet party";
const SITTING: &[u8] = b"inlet sitting";
const IMPORT: &[u8] = b"inlet import";

impl Purpose {
    fn label(self) -> &'static [u8] {
        match self {
            Self::Own => b"inlet own page",
            Self::Address => b"inlet address",
            Self::AddressChange => b"inlet address change",
            Self::DraftEdit => b"inlet draft",
            Self::DraftRead => b"inlet draft to read",
            Self::Calendar => b"inlet calendar",
            Self::Subscription => b"inlet subscription",
            Self::Alerts => b"inlet alerts",
        }
    }
}

/// The installation's secret key. Never shown, logged or stored in the database.
#[derive(Clone)]
pub struct Keys {
    secret: [u8; 32],
}

impl Keys {
    #[must_use]
    pub fn new(secret: [u8; 32]) -> Self {
        Self { secret }
    }

    /// The key of a link, 43 characters of base64url.
    #[must_use]
    pub fn link(&self, purpose: Purpose, id: impl Linked, generation: i64) -> String {
        URL_SAFE_NO_PAD.encode(self.mac(purpose.label(), &[&id.id_bytes(), &generation.to_be_bytes()]))
    }

    /// Whether a key opens it, in constant time.
    #[must_use]
    pub fn opens(&self, purpose: Purpose, id: impl Linked, generation: i64, key: &str) -> bool {
        self.link(purpose, id, generation).as_bytes().ct_eq(key.as_bytes()).into()
    }

    /// The key by which a party speaks for itself in a submission. It is its address that it is made from: another address
    /// has another key, and the old one opens nothing.
    #[must_use]
    pub fn party(&self, id: SubmissionId, address: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.mac(PARTY, &[&id.0.to_be_bytes(), address.to_lowercase().as_bytes()]))
    }

    /// Whether a key is that of a party with this address, in constant time.
    #[must_use]
    pub fn is_party(&self, id: SubmissionId, address: &str, key: &str) -> bool {
        self.party(id, address).as_bytes().ct_eq(key.as_bytes()).into()
    }

    /// The key of the link by which all records of a contact are reported on.
    #[must_use]
    pub fn sitting(&self, id: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.mac(SITTING, &[id.as_bytes()]))
    }

    /// Whether a key opens a sitting, in constant time.
    #[must_use]
    pub fn opens_sitting(&self, id: &str, key: &str) -> bool {
        self.sitting(id).as_bytes().ct_eq(key.as_bytes()).into()
    }

    /// A digest of what is imported into a form. Keyed, so that nobody finds out by trying what it is of.
    #[must_use]
    pub fn import(&self, form: &str, of: &str) -> String {
        hex(&self.mac(IMPORT, &[form.as_bytes(), b"\0", of.as_bytes()]))
    }

    /// The proof in a form for browsers that say nothing of where a request comes from (DESIGN 16), good for `day` and the
    /// one after it, for the holder of `of` (a session's secret; empty for all who are not signed in) alone.
    #[must_use]
    pub fn proof(&self, day: i64, of: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.mac(b"inlet form proof", &[&day.to_be_bytes(), of.as_bytes()]))
    }

    /// Whether a proof is one of `day` or of the day before.
    #[must_use]
    pub fn proves(&self, day: i64, of: &str, proof: &str) -> bool {
        [day, day - 1].iter().any(|d| bool::from(self.proof(*d, of).as_bytes().ct_eq(proof.as_bytes())))
    }

    /// The key to take over the contact given with a draft or submission in the same browser, and to nothing else.
    #[must_use]
    pub fn recall(&self, of: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.mac(b"inlet earlier answers", &[of.as_bytes()]))
    }

    /// Whether it is that key, in constant time.
    #[must_use]
    pub fn recalls(&self, of: &str, key: &str) -> bool {
        self.recall(of).as_bytes().ct_eq(key.as_bytes()).into()
    }

    fn mac(&self, label: &[u8], parts: &[&[u8]]) -> Vec<u8> {
        let subkey = Sha256::new().chain_update(self.secret).chain_update(label).finalize();
        // HMAC takes a key of any length, so this cannot fail.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&subkey) else { return Vec::new() };
        for part in parts {
            mac.update(part);
        }
        mac.finalize().into_bytes().to_vec()
    }
}

/// What is stored of a random secret: SHA-256, hex. The secrets have 256 bits, so no salt is needed.
#[must_use]
pub fn hash_token(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_opens_one_submission_for_one_purpose_in_one_generation() {
        let keys = Keys::new([7; 32]);
        let key = keys.link(Purpose::Own, SubmissionId(4), 1);
        assert!(keys.opens(Purpose::Own, SubmissionId(4), 1, &key));
        assert!(!keys.opens(Purpose::Own, SubmissionId(4), 2, &key));
        assert!(!keys.opens(Purpose::Own, SubmissionId(5), 1, &key));
        assert!(!keys.opens(Purpose::Address, SubmissionId(4), 1, &key));
        let draft = keys.link(Purpose::DraftRead, "a draft", 1);
        assert!(keys.opens(Purpose::DraftRead, "a draft", 1, &draft));
        assert!(!keys.opens(Purpose::DraftEdit, "a draft", 1, &draft), "who may read may not write");
        assert!(!Keys::new([8; 32]).opens(Purpose::Own, SubmissionId(4), 1, &key));
    }

    #[test]
    fn a_party_is_known_by_its_address_in_one_submission() {
        let keys = Keys::new([7; 32]);
        let key = keys.party(SubmissionId(4), "Office@Reedham.example");
        assert!(keys.is_party(SubmissionId(4), "office@reedham.example", &key));
        assert!(!keys.is_party(SubmissionId(4), "other@reedham.example", &key));
        assert!(!keys.is_party(SubmissionId(5), "office@reedham.example", &key));
    }

    #[test]
    fn a_proof_lasts_two_days_for_its_holder() {
        let keys = Keys::new([7; 32]);
        let proof = keys.proof(100, "session");
        assert!(keys.proves(100, "session", &proof) && keys.proves(101, "session", &proof));
        assert!(!keys.proves(102, "session", &proof) && !keys.proves(100, "other", &proof));
    }
}
