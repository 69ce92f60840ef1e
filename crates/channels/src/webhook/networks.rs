//! Which addresses may be reached: public ones, and those the operator allows. A webhook must not become a door into
//! the network behind the server.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// Networks that may be reached although they are not public.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Networks {
    allowed: Vec<IpNet>,
}

/// A network that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no network; write an address or a range such as 10.1.0.0/16 or fd00::/8")]
pub struct NetworksError(String);

/// IPv4 that is not the public internet, from the IANA registry of special-purpose addresses.
const SPECIAL_V4: [([u8; 4], u8); 15] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    ([224, 0, 0, 0], 4),
    ([240, 0, 0, 0], 4),
];
/// IPv6 that is not the public internet, from the same registry; what carries an IPv4 address inside is looked into.
const SPECIAL_V6: [([u16; 8], u8); 9] = [
    ([0, 0, 0, 0, 0, 0, 0, 0], 96),
    ([0x64, 0xff9b, 1, 0, 0, 0, 0, 0], 48),
    ([0x100, 0, 0, 0, 0, 0, 0, 0], 64),
    ([0x2001, 0, 0, 0, 0, 0, 0, 0], 23),
    ([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32),
    ([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20),
    ([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7),
    ([0xfe80, 0, 0, 0, 0, 0, 0, 0], 9),
    ([0xff00, 0, 0, 0, 0, 0, 0, 0], 8),
];

impl Networks {
    /// Networks separated by commas, such as `127.0.0.1,10.1.0.0/16`.
    pub fn parse(words: &str) -> Result<Self, NetworksError> {
        let words = words.split(',').map(str::trim).filter(|word| !word.is_empty());
        let allowed = words.map(|word| {
            let one = || word.parse::<IpAddr>().ok().map(IpNet::from);
            word.parse()
                .ok()
                .or_else(one)
                .ok_or_else(|| NetworksError(word.to_owned()))
        });
        Ok(Self {
            allowed: allowed.collect::<Result<_, _>>()?,
        })
    }

    /// Whether the operator allowed this address by name.
    pub fn allows(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.allowed.iter().any(|network| network.contains(&address))
    }

    /// Whether this address may be reached.
    pub fn may_reach(&self, address: IpAddr) -> bool {
        self.allows(address) || is_public(address)
    }
}

fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match embedded_v4(address) {
            Some(inside) => is_public_v4(inside),
            None => !is_within_v6(address),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let within = |(start, length): &([u8; 4], u8)| {
        Ipv4Net::new((*start).into(), *length).is_ok_and(|network| network.contains(&address))
    };
    !SPECIAL_V4.iter().any(within)
}

fn is_within_v6(address: Ipv6Addr) -> bool {
    let within = |(start, length): &([u16; 8], u8)| {
        Ipv6Net::new((*start).into(), *length).is_ok_and(|network| network.contains(&address))
    };
    SPECIAL_V6.iter().any(within)
}

/// The IPv4 address that a translated (64:ff9b::/96) or tunneled (2002::/16) IPv6 address leads to.
fn embedded_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let parts = address.segments();
    let join = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match parts {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(join(high, low)),
        [0x2002, high, low, ..] => Some(join(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(networks: &str, address: &str, expected: bool) {
        let networks = Networks::parse(networks).unwrap();
        assert_eq!(
            networks.may_reach(address.parse().unwrap()),
            expected,
            "{address}"
        );
    }

    #[test]
    fn only_public_addresses_are_reached() {
        for public in [
            "8.8.8.8",
            "114.114.114.114",
            "2400:3200::1",
            "2606:4700::1111",
            "172.32.0.1",
            "64:ff9b::808:808",
        ] {
            check("", public, true);
        }
        for inside in [
            "127.0.0.1",
            "0.0.0.0",
            "10.0.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.192",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fec0::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:a00:1::",
            "2001::1",
            "2001:db8::1",
        ] {
            check("", inside, false);
        }
    }

    #[test]
    fn the_operator_opens_what_he_names() {
        check("127.0.0.1, 10.1.0.0/16", "127.0.0.1", true);
        check("127.0.0.1, 10.1.0.0/16", "::ffff:127.0.0.1", true);
        check("127.0.0.1, 10.1.0.0/16", "10.1.2.3", true);
        check("127.0.0.1, 10.1.0.0/16", "10.2.0.1", false);
        assert!(Networks::parse("10.0.0.0/33").is_err());
        assert!(Networks::parse("inside").is_err());
    }
}
