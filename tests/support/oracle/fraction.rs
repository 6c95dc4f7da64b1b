//! Mechanisms 2.1 and 2.2: figures and prices are fractions, multiplied exactly and divided last.

use std::cmp::Ordering;

/// A fraction in lowest terms; the divisor is above 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction {
    pub number: i128,
    pub divisor: i128,
}

pub const ZERO: Fraction = Fraction { number: 0, divisor: 1 };

impl Fraction {
    fn new(number: i128, divisor: i128) -> Fraction {
        assert!(divisor != 0, "nothing is divided by 0");
        let (mut a, mut b) = (number.abs(), divisor.abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let sign = if divisor < 0 { -1 } else { 1 };
        Fraction { number: sign * number / a, divisor: sign * divisor / a }
    }

    /// A decimal, perhaps with a sign, or two whole numbers with `/` between them.
    pub fn of(text: &str) -> Fraction {
        if let Some(size) = text.strip_prefix('-') {
            return ZERO.minus(Fraction::of(size));
        }
        if let Some((number, divisor)) = text.split_once('/') {
            return Fraction::new(number.parse().unwrap(), divisor.parse().unwrap());
        }
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        Fraction::new(format!("{whole}{part}").parse().unwrap(), 10i128.pow(part.len() as u32))
    }

    pub fn plus(self, other: Fraction) -> Fraction {
        Fraction::new(self.number * other.divisor + other.number * self.divisor, self.divisor * other.divisor)
    }

    pub fn minus(self, other: Fraction) -> Fraction {
        self.plus(Fraction { number: -other.number, divisor: other.divisor })
    }

    pub fn times(self, other: Fraction) -> Fraction {
        // Across first, so that no product is larger than it has to be.
        let (one, two) = (Fraction::new(self.number, other.divisor), Fraction::new(other.number, self.divisor));
        Fraction::new(one.number * two.number, one.divisor * two.divisor)
    }

    pub fn over(self, other: Fraction) -> Fraction {
        self.times(Fraction::new(other.divisor, other.number))
    }

    pub fn max(self, other: Fraction) -> Fraction {
        if self < other { other } else { self }
    }

    pub fn min(self, other: Fraction) -> Fraction {
        if other < self { other } else { self }
    }

    /// Rounded to so many decimals (mechanisms 4.2): the nearest; of two equally near the one away from zero, or the even one.
    pub fn rounded(self, decimals: u32, even: bool) -> Fraction {
        let one = 10i128.pow(decimals);
        let (size, rest) = (self.number.abs() * one / self.divisor, self.number.abs() * one % self.divisor);
        let up = match (2 * rest).cmp(&self.divisor) {
            Ordering::Less => false,
            Ordering::Equal => !even || size % 2 == 1,
            Ordering::Greater => true,
        };
        Fraction::new(self.number.signum() * (size + i128::from(up)), one)
    }

    /// With at most so many decimals, half away from zero, without trailing zeros.
    pub fn shown(self, decimals: u32) -> String {
        let one = 10i128.pow(decimals);
        let size = (2 * self.number.abs() * one + self.divisor) / (2 * self.divisor);
        let sign = if self.number < 0 && size != 0 { "-" } else { "" };
        if decimals == 0 {
            return format!("{sign}{size}");
        }
        let text = format!("{sign}{}.{:0width$}", size / one, size % one, width = decimals as usize);
        text.trim_end_matches('0').trim_end_matches('.').to_string()
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Fraction) -> Option<Ordering> {
        Some((self.number * other.divisor).cmp(&(other.number * self.divisor)))
    }
}
