//! The units that every model knows, each defined in terms of others.
//!
//! A definition is a unit string, read by the grammar of [`parse`](super::parse) when the
//! unit is looked up; chains are short, so a lookup takes well under a microsecond and
//! nothing is built at start-up. The index by name is computed by the compiler, which also
//! refuses a name that is defined twice.
//!
//! The set is that of NEURON 9 (its modern constants of 2018 CODATA, not the legacy
//! ones), where a definition's number and the order of its factors determine the last
//! bit of the value. Two things differ: exchange rates of national currencies are left
//! out, and `bohrradius` is the Bohr radius (NEURON reads the `e9` in its definition as the
//! ninth power of the elementary charge).

use super::{
    parse,
    quantity::{Dimensions, Quantity},
};

/// Name and meaning.
type Definition = (&'static str, &'static str);

/// The units that are not defined by others, in the order of [`Dimensions`].
pub(super) const PRIMITIVES: [&str; Dimensions::COUNT] = [
    "m", "kg", "sec", "coul", "candela", "dollar", "bit", "erlang", "K",
];

/// Prefixes, in the order in which they are tried.
pub(super) const PREFIXES: [(&str, f64); 16] = [
    ("atto", 1e-18),
    ("femto", 1e-15),
    ("pico", 1e-12),
    ("nano", 1e-9),
    ("micro", 1e-6),
    ("milli", 1e-3),
    ("centi", 1e-2),
    ("deci", 1e-1),
    ("deka", 1e1),
    ("hecta", 1e2),
    ("hecto", 1e2),
    ("kilo", 1e3),
    ("mega", 1e6),
    ("meg", 1e6),
    ("giga", 1e9),
    ("tera", 1e12),
];

/// Constants of nature, 2018 CODATA where that sets them. A set of legacy values would be
/// a second list like this one.
const NATURE: &[Definition] = &[
    ("e", "1.602176634-19 coul fuzz"),
    ("mole", "6.02214076+23 fuzz"),
    ("faraday", "e-mole"),
    ("boltzmann", "1.380649-23 joule/K"),
    ("k", "boltzmann"),
    ("gasconstant", "k-mole"),
    ("R", "gasconstant"),
    ("planck", "6.62607015-34 joule-sec"),
    ("hbar", "planck/two-pi"),
    ("c", "2.99792458+8 m/sec fuzz"),
    ("energy", "c2"),
    ("g", "9.80665 m/sec2"),
    ("force", "g"),
    ("electronmass", "9.1095-31 kg"),
    ("protonmass", "1.6726-27 kg"),
    ("neutronmass", "1.6606-27 kg"),
    ("atomicmassunit", "1.66044-27 kg fuzz"),
    ("amu", "atomicmassunit"),
    ("dalton", "amu"),
    ("bohrradius", "1|8.988+9 hbar2-C2 / N m2-e2-electronmass"),
];

/// Pure numbers and counts.
const NUMBERS: &[Definition] = &[
    ("fuzz", "1"),
    ("two", "2"),
    ("pi", "3.14159265358979323846"),
    ("%", "1|100"),
    ("percent", "%"),
    ("proof", "1|200"),
    ("caratgold", "1|24"),
    ("karat", "1|24"),
    ("dozen", "12"),
    ("bakersdozen", "13"),
    ("quire", "25"),
    ("gross", "144"),
    ("ream", "500"),
    ("imperial", "1.20095"),
];

const ANGLE: &[Definition] = &[
    ("radian", ".5 / pi"),
    ("degree", "1|180 pi-radian"),
    ("circle", "2 pi-radian"),
    ("turn", "2 pi-radian"),
    ("revolution", "turn"),
    ("rev", "turn"),
    ("grade", ".9 degree"),
    ("centesimalminute", "1-2 grade"),
    ("centesimalsecond", "1-4 grade"),
    ("arcdeg", "1 degree"),
    ("arcmin", "1|60 arcdeg"),
    ("arcsec", "1|60 arcmin"),
    ("steradian", "radian2"),
    ("sr", "steradian"),
    ("sphere", "4 pi-steradian"),
    ("spat", "4 pi sr"),
];

const TIME: &[Definition] = &[
    ("second", "sec"),
    ("s", "sec"),
    ("ms", "millisec"),
    ("us", "microsec"),
    ("sigma", "microsec"),
    ("ns", "nanosec"),
    ("minute", "60 sec"),
    ("min", "minute"),
    ("hour", "60 min"),
    ("hr", "hour"),
    ("day", "24 hr"),
    ("da", "day"),
    ("week", "7 day"),
    ("fortnight", "14 da"),
    ("year", "365.24219879 day fuzz"),
    ("yr", "year"),
    ("month", "1|12 year"),
    ("mo", "month"),
    ("decade", "10 yr"),
    ("century", "100 year"),
    ("millenium", "1000 year"),
    ("tropicalyear", "year"),
    ("solaryear", "year"),
    ("siderealyear", "365.256360417 day"),
    ("siderealday", "23.934469444 hour"),
    ("siderealhour", "1|24 siderealday"),
    ("siderealmonth", "27.32152777 day"),
    ("lunarmonth", "29.5305555 day"),
    ("synodicmonth", "lunarmonth"),
    ("lunaryear", "12 lunarmonth"),
];

const FREQUENCY: &[Definition] = &[
    ("hertz", "/sec"),
    ("Hz", "hertz"),
    ("hz", "/sec"),
    ("khz", "1+3 /sec"),
    ("mhz", "1+6 /sec"),
    ("fresnel", "1+12 hertz"),
    ("rpm", "rev/minute"),
    ("rps", "rev/sec"),
    ("pulsatance", "2 pi/sec"),
];

const MASS: &[Definition] = &[
    ("gram", "millikg"),
    ("gramme", "gram"),
    ("gm", "gram"),
    ("mg", "milligram"),
    ("key", "kg"),
    ("tonne", "1+6 gm"),
    ("metricton", "kilokg"),
    ("quintal", "100 kg"),
    ("doppelzentner", "100 kg"),
    ("carat", "205 mg"),
    ("metriccarat", "200 mg"),
    ("jewlerspoint", "2 milligram"),
    ("crith", "9.06-2 gm"),
    ("slug", "lb-g-sec2/ft"),
    ("hyl", "gm force sec2/m"),
    // Avoirdupois
    ("lb", ".45359237 kg"),
    ("pound", "lb"),
    ("ounce", "1|16 lb"),
    ("oz", "ounce"),
    ("dram", "1|16 oz"),
    ("dr", "dram"),
    ("grain", "1|7000 lb"),
    ("gr", "grain"),
    ("shortton", "2000 lb"),
    ("ton", "shortton"),
    ("longton", "2240 lb"),
    ("shortquarter", "25 lb"),
    ("longquarter", "28 lb"),
    ("shorthundredweight", "100 lb"),
    ("longhundredweight", "112 lb"),
    ("cental", "100 lb"),
    ("stone", "14 lb"),
    ("bag", "94 lb"),
    ("weymass", "252 lb"),
    ("pennyweight", "1|20 oz"),
    ("pwt", "pennyweight"),
    // Apothecaries
    ("scruple", "20 grain"),
    ("drachm", "60 grain"),
    ("apdram", "60 grain"),
    ("apounce", "480 grain"),
    ("appound", "5760 grain"),
    ("troypound", "appound"),
    // International units of preparations
    ("iudiptheria", "62.8 microgram"),
    ("iupenicillin", ".6 microgram"),
    ("iuinsulin", "41.67 microgram"),
    // Fineness of yarn
    ("denier", ".05|450 gram / m"),
    ("tex", ".001 gram / m"),
    ("metricyarncount", "meter/gram"),
    ("cottonyarncount", "2520 ft/pound"),
    ("linenyarncount", "900 ft/pound"),
    ("worstedyarncount", "1680 ft/pound"),
];

const LENGTH: &[Definition] = &[
    ("meter", "m"),
    ("metre", "meter"),
    ("km", "kilometer"),
    ("cm", "centimeter"),
    ("mm", "millimeter"),
    ("micron", "micrometer"),
    ("nm", "nanometer"),
    ("angstrom", "decinanometer"),
    ("fermi", "1-15 m"),
    ("Xunit", "1.00202-13m"),
    ("dipotre", "/m"),
    // Astronomy
    ("au", "1.49597871+11 m fuzz"),
    ("astronomicalunit", "au"),
    ("lightyear", "c-yr"),
    ("parsec", "au-radian/arcsec"),
    ("pc", "parsec"),
    // Inch, foot, yard
    ("inch", "2.54 cm"),
    ("in", "inch"),
    ("mil", "1-3 in"),
    ("caliber", "1-2 in"),
    ("bottommeasure", "1|40 in"),
    ("point", "1|72 in"),
    ("line", "1|12 in"),
    ("pica", "1|6 in"),
    ("barleycorn", "1|3 in"),
    ("finger", "7|8 in"),
    ("palm", "3 in"),
    ("hand", "4 in"),
    ("quarter", "9 in"),
    ("span", "9 in"),
    ("pace", "36 in"),
    ("foot", "12 in"),
    ("feet", "foot"),
    ("ft", "foot"),
    ("cubit", "18 in"),
    ("militarypace", "2.5 feet"),
    ("yard", "3 ft"),
    ("yd", "yard"),
    ("nail", "1|16 yd"),
    ("ell", "45 in"),
    ("englishell", "45 inch"),
    ("scottishell", "37.2 inch"),
    ("flemishell", "27 inch"),
    ("fathom", "6 ft"),
    ("rope", "20 ft"),
    ("bolt", "40 yd"),
    ("skein", "120 yd"),
    ("spindle", "14400 yd"),
    ("frenchfoot", "16|15 ft"),
    ("frenchfeet", "frenchfoot"),
    ("toise", "6 frenchfeet"),
    // Surveying
    ("british", "1200|3937 m/ft"),
    ("geodeticfoot", "british-ft"),
    ("surveyfoot", "british-ft"),
    ("surveyyard", "3 surveyfoot"),
    ("link", "66|100 ft"),
    ("surveyorslink", "66|100 ft"),
    ("engineerslink", "100|100 ft"),
    ("chain", "66 ft"),
    ("gunterschain", "22 yd"),
    ("surveyorschain", "66 ft"),
    ("engineerschain", "100 ft"),
    ("rod", "5.5 yd"),
    ("rd", "rod"),
    ("perch", "rd"),
    ("pole", "rd"),
    ("arpentlin", "191.835 ft"),
    ("furlong", "220 yd"),
    ("cable", "720 ft"),
    ("mile", "5280 ft"),
    ("mi", "mile"),
    ("nmile", "1852m"),
    ("nauticalmile", "nmile"),
    ("geographicalmile", "1852 m"),
    ("league", "3 mi"),
    ("marineleague", "3 nmile"),
    ("parasang", "3.5 mi"),
];

const AREA: &[Definition] = &[
    ("are", "1+2 m2"),
    ("hectare", "1+4 m2"),
    ("barn", "1-28 m2"),
    ("circularinch", "1|4 pi-in2"),
    ("circularmil", "1-6|4 pi-in2"),
    ("sabin", "1 ft2"),
    ("square", "100 ft2"),
    ("rood", "1.21+3 yd"),
    ("acre", "4840 yd2"),
    ("arpentcan", "27.52 mi"),
    ("homestead", "1|4 mi2"),
    ("quartersection", "1|4 mi2"),
    ("section", "mi2"),
    ("township", "36 mi2"),
    ("brewster", "1-12 m2/newton"),
];

const VOLUME: &[Definition] = &[
    ("cc", "cm3"),
    ("liter", "kilocc"),
    ("litre", "liter"),
    ("ml", "milliliter"),
    ("stere", "m3"),
    ("drop", ".03 cm3"),
    // Liquid
    ("gallon", "231 in3"),
    ("gal", "gallon"),
    ("quart", "1|4 gal"),
    ("qt", "quart"),
    ("pint", "1|2 qt"),
    ("pt", "pint"),
    ("cup", "1|2 pt"),
    ("gill", "1|4 pt"),
    ("noggin", "1|8 qt"),
    ("floz", "1|16 pt"),
    ("fldr", "1|8 floz"),
    ("minim", "1|60 fldr"),
    ("teaspoon", "4|3 fldr"),
    ("tablespoon", "4 fldr"),
    ("fifth", "4|5 qt"),
    ("magnum", "2 qt"),
    ("jeroboam", "4|5 gal"),
    ("rehoboam", "156 floz"),
    ("firkin", "9 gal"),
    ("kilderkin", "18 gal"),
    ("barrel", "42 gal"),
    ("hogshead", "2 barrel"),
    ("hd", "hogshead"),
    ("pipe", "4 barrel"),
    ("tun", "8 barrel"),
    // Dry
    ("dry", "268.8025 in3/gallon fuzz"),
    ("peck", "8 dry-quart"),
    ("pk", "peck"),
    ("bushel", "4 peck"),
    ("bu", "bushel"),
    ("strike", "2 bu"),
    ("sack", "3 bu"),
    ("coomb", "4 bu"),
    ("seam", "8 bu"),
    ("chaldron", "36 bushel"),
    ("wey", "40 bu"),
    ("last", "80 bu"),
    // British
    ("brgallon", "277.420 in3 fuzz"),
    ("brquart", "1|4 brgallon"),
    ("brpint", "1|2 brquart"),
    ("brfloz", "1|20 brpint"),
    ("brpeck", "554.84 in3 fuzz"),
    ("brbushel", "4 brpeck"),
    ("cran", "37.5 brgallon"),
    // Timber and freight
    ("boardfoot", "144 in3"),
    ("timberfoot", "ft3"),
    ("imaginarycubicfoot", "1.4 ft3"),
    ("cord", "128 ft3"),
    ("cordfoot", "cord"),
    ("registerton", "100 ft3"),
    ("displacementton", "35 ft3"),
    ("shippington", "40 ft3"),
    // Flow
    ("cfs", "ft3/sec"),
    ("minersinch", "1.5 ft3/min"),
    ("mgd", "megagal/day"),
    ("mpg", "mile/gal"),
];

const MOTION: &[Definition] = &[
    ("mph", "mile/hr"),
    ("knot", "nmile/hr"),
    ("admiraltyknot", "6080 ft/hr"),
    ("mach", "331.46 m/sec"),
    ("galileo", "1-2 m/sec2"),
    ("stoke", "1-4 m2/sec"),
];

const FORCE_AND_PRESSURE: &[Definition] = &[
    ("newton", "kg-m/sec2"),
    ("nt", "newton"),
    ("N", "newton"),
    ("dyne", "cm-gm/sec2"),
    ("poundal", "ft-lb/sec2"),
    ("pdl", "poundal"),
    ("lbf", "lb g"),
    ("kip", "1000 lbf"),
    ("sthene", "1+3 nt"),
    ("pascal", "nt/m2"),
    ("bar", "1+5 nt/m2"),
    ("barie", "1-1 nt/m2"),
    ("barye", "1-1 nt/m2"),
    ("pieze", "1+3 nt/m2"),
    ("psi", "lb-g/in2"),
    ("atmosphere", "1.01325+5 nt/m2"),
    ("atm", "atmosphere"),
    ("mercury", "1.33322+5 kg/m2-sec2"),
    ("hg", "mercury"),
    ("torr", "mm hg"),
    ("water", "gram g / cc"),
    ("poise", "gm/cm-sec"),
    ("rhe", "10 m2/nt-sec"),
];

const ENERGY_AND_POWER: &[Definition] = &[
    ("joule", "nt-m"),
    ("erg", "cm2-gm/sec2"),
    ("cal", "4.1868 joule"),
    ("calorie", "cal"),
    ("kcal", "kilocal"),
    ("kcalorie", "kilocal"),
    ("frigorie", "kilocal"),
    ("thermie", "1+6 cal"),
    ("langley", "cal/cm2"),
    ("britishthermalunit", "1.05506+3 joule fuzz"),
    ("btu", "britishthermalunit"),
    ("therm", "1+5 btu"),
    ("refrigeration", "12000 btu/ton-hour"),
    ("tnt", "4.6+6 m2/sec2"),
    ("electronvolt", "e-volt"),
    ("eV", "e V"),
    ("ev", "e-volt"),
    ("kev", "1+3 e-volt"),
    ("bev", "1+9 e-volt"),
    ("rydberg", "1.36054+1 ev"),
    ("watt", "joule/sec"),
    ("horsepower", "550 ft-lb-g/sec"),
    ("hp", "horsepower"),
    ("poncelet", "100 kg m g / sec"),
    ("lusec", "1-6 mm-hg m3/s"),
    ("clusec", "1-8 mm-hg m3/s"),
];

const ELECTRICITY: &[Definition] = &[
    ("coulomb", "coul"),
    ("C", "coul"),
    ("ampere", "coul/sec"),
    ("amp", "ampere"),
    ("volt", "watt/amp"),
    ("V", "volt"),
    ("ohm", "volt/amp"),
    ("kilohm", "kiloohm"),
    ("megohm", "megaohm"),
    ("mho", "/ohm"),
    ("siemens", "/ohm"),
    ("farad", "coul/volt"),
    ("pf", "picofarad"),
    ("henry", "sec2/farad"),
    ("mh", "millihenry"),
    ("debye", "3.336-30 coul-m"),
    // Electrostatic and electromagnetic units
    ("franklin", "3.33564-10 coul"),
    ("statcoul", "1|2.99792458+9 coul"),
    ("statcoulomb", "statcoul"),
    ("statamp", "1|2.99792458+9 amp"),
    ("statampere", "statamp"),
    ("statvolt", "2.99792458+2 volt"),
    ("biot", "10 amp"),
    ("gilbert", "7.95775-1 amp"),
    // Magnetism
    ("weber", "volt-sec"),
    ("maxwell", "1-8 weber"),
    ("tesla", "weber/m2"),
    ("gauss", "1-4 weber/m2"),
    ("gamma", "1-9 weber/m2"),
    ("oersted", "2.5+2 pi-amp/m"),
    ("oe", "oersted"),
];

/// Differences of temperature: no unit here has an offset.
const TEMPERATURE: &[Definition] = &[
    ("kelvin", "K"),
    ("degC", "K"),
    ("degF", "5|9 degC"),
    ("degreerankine", "degF"),
    ("degreesrankine", "degF"),
    ("degrankine", "degreesrankine"),
    ("degreaumur", "10|8 degC"),
];

const LIGHT: &[Definition] = &[
    ("cd", "candela"),
    ("candle", "1.02 candela"),
    ("hefnercandle", ".92 cd"),
    ("lumen", "cd sr"),
    ("lux", "cd sr/m2"),
    ("nox", "1-3 lux"),
    ("phot", "lumen/cm2"),
    ("footcandle", "lumen/ft2"),
    ("equivalentfootcandle", "lumen/pi-ft2"),
    ("equivalentlux", "lumen/pi-m2"),
    ("equivalentphot", "cd/pi-cm2"),
    ("nit", "cd/m2"),
    ("stilb", "cd/cm2"),
    ("lambert", "cd/pi-cm2"),
    ("footlambert", "cd/pi-ft2"),
    ("blondel", "cd/pi-m2"),
    ("apostilb", "cd/pi-m2"),
    ("skot", "1-3 apostilb"),
];

const RADIOACTIVITY: &[Definition] = &[
    ("curie", "3.7+10 /sec"),
    ("becquerel", "1|3.7+10 curie"),
    ("rutherford", "1+6 /sec"),
    ("rad", "100 erg/gm"),
    ("rontgen", "2.58-4 curie/kg"),
    ("sievert", "8.4 rontgen"),
];

const INFORMATION_AND_MONEY: &[Definition] = &[
    ("byte", "8 bit"),
    ("block", "512 byte"),
    ("kbyte", "1024 byte"),
    ("megabyte", "1024 kbyte"),
    ("meg", "megabyte"),
    ("gigabyte", "1024 megabyte"),
    ("baud", "bit/sec"),
    ("ccs", "1|36 erlang"),
    ("$", "dollar"),
    ("buck", "dollar"),
    ("cent", "centidollar"),
    ("fin", "5 dollar"),
];

const SUBJECTS: [&[Definition]; 17] = [
    NATURE,
    NUMBERS,
    ANGLE,
    TIME,
    FREQUENCY,
    MASS,
    LENGTH,
    AREA,
    VOLUME,
    MOTION,
    FORCE_AND_PRESSURE,
    ENERGY_AND_POWER,
    ELECTRICITY,
    TEMPERATURE,
    LIGHT,
    RADIOACTIVITY,
    INFORMATION_AND_MONEY,
];

/// The unit that has exactly this name, without prefixes and plurals.
pub(super) fn exact(name: &str) -> Option<Quantity> {
    if let Some(axis) = PRIMITIVES.iter().position(|primitive| *primitive == name) {
        return Some(Quantity::primitive(axis));
    }
    let (_, meaning) = UNITS[find(name.as_bytes())?];
    // The definitions are sound: a test evaluates every one.
    parse::evaluate(meaning, &exact).ok()
}

/// All names, primitives first.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let derived = UNITS.iter().map(|(name, _)| *name);
    PRIMITIVES.into_iter().chain(derived)
}

// ------------------------------------------------------------------ the index by name

const COUNT: usize = {
    let mut count = 0;
    let mut subject = 0;
    while subject < SUBJECTS.len() {
        count += SUBJECTS[subject].len();
        subject += 1;
    }
    count
};

/// All definitions in one row.
static UNITS: [Definition; COUNT] = units();

/// Open addressing, at most half full; a slot holds the position in [`UNITS`] plus one.
static INDEX: [u16; SLOTS] = index();
const SLOTS: usize = (2 * COUNT).next_power_of_two();

const fn units() -> [Definition; COUNT] {
    let mut all = [("", ""); COUNT];
    let mut next = 0;
    let mut subject = 0;
    while subject < SUBJECTS.len() {
        let mut i = 0;
        while i < SUBJECTS[subject].len() {
            all[next] = SUBJECTS[subject][i];
            next += 1;
            i += 1;
        }
        subject += 1;
    }
    all
}

const fn index() -> [u16; SLOTS] {
    let units = units();
    let mut slots = [0; SLOTS];
    let mut i = 0;
    while i < COUNT {
        let name = units[i].0.as_bytes();
        let mut slot = first_slot(name);
        while slots[slot] != 0 {
            let other = units[slots[slot] as usize - 1].0.as_bytes();
            assert!(!equal(name, other), "a unit is defined twice");
            slot = (slot + 1) % SLOTS;
        }
        slots[slot] = i as u16 + 1;
        i += 1;
    }
    slots
}

fn find(name: &[u8]) -> Option<usize> {
    let mut slot = first_slot(name);
    loop {
        let position = usize::from(INDEX[slot]).checked_sub(1)?;
        if UNITS[position].0.as_bytes() == name {
            return Some(position);
        }
        slot = (slot + 1) % SLOTS;
    }
}

/// FNV-1a.
const fn first_slot(name: &[u8]) -> usize {
    let mut hash: u32 = 0x811c_9dc5;
    let mut i = 0;
    while i < name.len() {
        hash = (hash ^ name[i] as u32).wrapping_mul(0x0100_0193);
        i += 1;
    }
    hash as usize % SLOTS
}

const fn equal(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}
