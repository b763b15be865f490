//! Where a request comes from, and how much may come from there.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::num::NonZeroU32;

use actix_web::HttpRequest;
use governor::clock::DefaultClock;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use ipnet::IpNet;

use crate::config::Web;

/// Forms and uploads that a network may send at once, and a minute after that. A form has about eight steps, and offices
/// of several people share a network.
const BURST: NonZeroU32 = positive(240);
const A_MINUTE: NonZeroU32 = positive(30);

/// Lost links that a network may ask for at once, and an hour after that.
const QUESTIONS: NonZeroU32 = positive(20);

const fn positive(number: u32) -> NonZeroU32 {
    match NonZeroU32::new(number) {
        Some(number) => number,
        None => NonZeroU32::MIN,
    }
}

type Counter = RateLimiter<String, HashMapStateStore<String>, DefaultClock>;

/// Counts by network; shared by all workers.
pub struct Limits {
    proxies: Vec<IpNet>,
    posts: Option<Counter>,
    questions: Option<Counter>,
}

impl Limits {
    /// The limits that are configured.
    #[must_use]
    pub fn new(config: &Web) -> Self {
        let quota = Quota::per_minute(A_MINUTE).allow_burst(BURST);
        Self {
            proxies: config.trusted_proxies.clone(),
            posts: config.rate_limit.then(|| RateLimiter::hashmap(quota)),
            questions: config.rate_limit.then(|| RateLimiter::hashmap(Quota::per_hour(QUESTIONS))),
        }
    }

    /// Whether one more form may come from there.
    #[must_use]
    pub fn admit(&self, network: &str) -> bool {
        self.posts.as_ref().is_none_or(|posts| posts.check_key(&network.to_owned()).is_ok())
    }

    /// Whether one more question for a lost link may come from there.
    #[must_use]
    pub fn admit_question(&self, network: &str) -> bool {
        self.questions.as_ref().is_none_or(|questions| questions.check_key(&network.to_owned()).is_ok())
    }

    /// Forgets networks that have been quiet.
    pub fn forget(&self) {
        for counter in self.posts.iter().chain(&self.questions) {
            counter.retain_recent();
        }
    }

    /// The network a request comes from: a /24, or a /56. A forwarding header counts only behind a proxy that is trusted,
    /// and of it only what that proxy wrote: the last address.
    #[must_use]
    pub fn network(&self, req: &HttpRequest) -> String {
        let Some(peer) = req.peer_addr().map(|peer| peer.ip().to_canonical()) else { return "unknown".to_owned() };
        if !self.proxies.iter().any(|proxy| proxy.contains(&peer)) {
            return cut(peer);
        }
        let header = req.headers().get_all("x-forwarded-for").last().and_then(|value| value.to_str().ok());
        let last = header.and_then(|text| text.rsplit(',').next()?.trim().parse::<IpAddr>().ok());
        cut(last.unwrap_or(peer).to_canonical())
    }
}

/// The network of an address.
fn cut(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{}/24", Ipv4Addr::new(a, b, c, 0))
        }
        IpAddr::V6(address) => format!("{}/56", Ipv6Addr::from(u128::from(address) & (u128::MAX << 72))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn limits(proxies: &[&str]) -> Limits {
        let settings = [("INLET_TRUSTED_PROXIES".to_owned(), proxies.join(","))].into();
        Limits::new(&crate::config::Config::from_settings(&settings).unwrap().web)
    }

    fn from(peer: &str, forwarded: &str) -> HttpRequest {
        TestRequest::default()
            .peer_addr(format!("{peer}:1").parse().unwrap())
            .insert_header(("x-forwarded-for", forwarded))
            .to_http_request()
    }

    #[test]
    fn neighbours_share_a_network() {
        let of = |ip: &str| cut(ip.parse::<IpAddr>().unwrap().to_canonical());
        assert_eq!(of("192.0.2.77"), "192.0.2.0/24");
        assert_eq!(of("::ffff:192.0.2.77"), "192.0.2.0/24");
        assert_eq!(of("2001:db8:1:2ff::1"), "2001:db8:1:200::/56");
    }

    #[test]
    fn only_a_trusted_proxy_is_believed_and_only_its_own_word() {
        let forged = from("203.0.113.9", "198.51.100.1");
        assert_eq!(limits(&[]).network(&forged), "203.0.113.0/24");
        let behind = from("10.0.0.2", "198.51.100.1, 192.0.2.77");
        assert_eq!(limits(&["10.0.0.0/8"]).network(&behind), "192.0.2.0/24");
    }

    #[test]
    fn a_flood_is_held_back_and_others_are_not() {
        let limits = limits(&[]);
        assert_eq!((0..500).filter(|_| limits.admit("192.0.2.0/24")).count(), 240);
        assert!(limits.admit("198.51.100.0/24"));
    }
}
