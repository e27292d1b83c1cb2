//! Mechanisms of any size, as texts: what real files are made of, without their authors.

use std::fmt::Write;

/// Diffusion through `annuli` shells with a buffer in each and a pump: a KINETIC block of
/// `2 * annuli + 2` states, most of them elements of arrays in a FROM loop.
pub fn pump(annuli: usize) -> String {
    format!(
        "TITLE calcium in shells
DEFINE N {annuli}
NEURON {{
    SUFFIX shells
    USEION ca READ cao, cai, ica WRITE cai, ica
    RANGE i_pump, last, total
    GLOBAL vol, faces
}}
UNITS {{
    (mM) = (milli/liter)
    (um) = (micron)
    (mA) = (milliamp)
    (mol) = (1)
    FARADAY = (faraday) (coulomb)
    PI = (pi) (1)
}}
PARAMETER {{
    D = 0.6 (um2/ms)
    k1 = 1 (/mM-ms)
    k2 = 0.001 (/ms)
    k3 = 0.5 (/ms)
    k4 = 0.005 (/mM-ms)
    kon = 100 (/mM-ms)
    koff = 0.1 (/ms)
    bound = 0.05 (mM)
}}
ASSIGNED {{
    v (mV)  diam (um)  cao (mM)  cai (mM)  ica (mA/cm2)  i_pump (mA/cm2)  last (mA/cm2)  total (mM)
    vol[N] (1)  faces[N] (1)
}}
STATE {{
    ca[N] (mM) <1e-8>
    buffer[N] (mM) <1e-6>
    pump (mol/cm2) <1e-15>
    pumpca (mol/cm2) <1e-15>
}}
INITIAL {{
    LOCAL r, dr
    r = 0.5
    dr = r/(N - 1)/2
    vol[0] = 0
    faces[0] = 2*r
    FROM i = 0 TO N - 2 {{
        vol[i] = vol[i] + PI*(r - dr/2)*2*dr
        r = r - dr
        faces[i+1] = 2*PI*r/(2*dr)
        r = r - dr
        vol[i+1] = PI*(r + dr/2)*2*dr
    }}
    FROM i = 0 TO N - 1 {{
        ca[i] = cai
        buffer[i] = bound
    }}
    pump = 1e-14
    pumpca = 0
    last = 0
}}
BREAKPOINT {{
    SOLVE shells METHOD sparse
    last = i_pump
    ica = i_pump
}}
KINETIC shells {{
    COMPARTMENT i, diam*diam*vol[i] {{ ca buffer }}
    COMPARTMENT PI*diam*(1e10) {{ pump pumpca }}
    ~ pumpca <-> pump (k3, k4*cao)
    i_pump = 2*FARADAY*(f_flux - b_flux)/(PI*diam)
    ~ ca[0] << (-(ica - last)*PI*diam*faces[0]/(2*FARADAY)*(1e4))
    FROM i = 0 TO N - 2 {{
        ~ ca[i] <-> ca[i+1] (D*faces[i+1], D*faces[i+1])
    }}
    FROM i = 0 TO N - 1 {{
        ~ ca[i] <-> buffer[i] (kon*diam*diam*vol[i], koff*diam*diam*vol[i])
    }}
    ~ ca[0] + pump <-> pumpca (k1*(1e7), k2*(1e10))
    cai = ca[0]
}}
"
    )
}

/// A channel whose gate is a scheme of `states` states in two rows, opened by voltage and
/// calcium.
pub fn markov(states: usize) -> String {
    let mut text = String::from(
        "TITLE a channel as a scheme of states
NEURON {
    SUFFIX scheme
    USEION k READ ek WRITE ik
    USEION ca READ cai
    RANGE gbar, g, ik
}
UNITS { (mV) = (millivolt) (mA) = (milliamp) (S) = (siemens) (mM) = (milli/liter) }
PARAMETER {
    gbar = 0.01 (S/cm2)
",
    );
    for i in 0..states {
        writeln!(
            text,
            "    a{i} = 0.{}1 (/ms)  b{i} = 0.{}3 (/ms)",
            1 + i % 9,
            1 + i % 7
        )
        .unwrap();
    }
    text += "}
ASSIGNED { v (mV) ek (mV) ik (mA/cm2) g (S/cm2) cai (mM) celsius (degC)
";
    for i in 0..states {
        writeln!(text, "    f{i} (/ms)  r{i} (/ms)").unwrap();
    }
    text += "}\nSTATE {";
    for i in 0..states {
        write!(text, " s{i}").unwrap();
    }
    text += " }
BREAKPOINT {
    SOLVE states METHOD sparse
    g = gbar*s0
    ik = g*(v - ek)
}
INITIAL { rates(v) SOLVE states STEADYSTATE sparse }
KINETIC states {
    rates(v)
";
    for i in 0..states - 1 {
        writeln!(text, "    ~ s{i} <-> s{} (f{i}, r{i})", i + 1).unwrap();
    }
    for i in 0..states.saturating_sub(4) {
        if i % 3 == 0 {
            writeln!(text, "    ~ s{i} <-> s{} (f{i}*cai, r{i}/2)", i + 4).unwrap();
        }
    }
    let sum: Vec<String> = (0..states).map(|i| format!("s{i}")).collect();
    write!(text, "    CONSERVE {} = 1\n}}\nPROCEDURE rates(v (mV)) {{\n    LOCAL q\n    q = 3^((celsius - 22)/10)\n", sum.join(" + ")).unwrap();
    for i in 0..states {
        writeln!(text, "    f{i} = q*a{i}*exp(v/{})", 10 + i).unwrap();
        writeln!(text, "    r{i} = q*b{i}*exp(-v/{})", 20 + i).unwrap();
    }
    text + "}\n"
}

/// A channel of some 200 lines: six gates in the manner of Hodgkin and Huxley, tables, comments.
pub fn channel() -> String {
    gates(6)
}

/// `count` gates, each with its own FUNCTIONs and time constants: 35 lines a gate.
pub fn gates(count: usize) -> String {
    let mut text = String::from(
        "TITLE gates\nNEURON {\n    SUFFIX gates\n    USEION na READ ena WRITE ina\n    RANGE gbar, ina\n",
    );
    for i in 0..count {
        writeln!(text, "    RANGE inf{i}, tau{i}, half{i}, slope{i}").unwrap();
    }
    text += "}\nUNITS {\n    (mV) = (millivolt)\n    (mA) = (milliamp)\n    (S) = (siemens)\n}\nPARAMETER {\n    gbar = 0.1 (S/cm2)\n";
    for i in 0..count {
        writeln!(
            text,
            "    half{i} = -{} (mV)\n    slope{i} = {} (mV)\n    rate{i} = 0.{}5 (/ms)",
            20 + i % 40,
            5 + i % 6,
            1 + i % 8
        )
        .unwrap();
    }
    text += "}\nASSIGNED {\n    v (mV)\n    ena (mV)\n    ina (mA/cm2)\n    celsius (degC)\n";
    for i in 0..count {
        writeln!(text, "    inf{i}\n    tau{i} (ms)").unwrap();
    }
    text += "}\nSTATE {\n";
    for i in 0..count {
        writeln!(text, "    m{i}").unwrap();
    }
    text += "}\nINITIAL {\n    rates(v)\n";
    for i in 0..count {
        writeln!(text, "    m{i} = inf{i}").unwrap();
    }
    text += "}\nBREAKPOINT {\n    LOCAL open\n    SOLVE states METHOD cnexp\n    open = 1\n";
    for i in 0..count {
        writeln!(text, "    open = open*m{i}").unwrap();
    }
    text += "    ina = gbar*open*(v - ena)\n}\nDERIVATIVE states {\n    rates(v)\n";
    for i in 0..count {
        writeln!(text, "    m{i}' = (inf{i} - m{i})/tau{i}").unwrap();
    }
    text += "}\nPROCEDURE rates(v (mV)) {\n    LOCAL a, b, q\n    q = 3^((celsius - 6.3)/10)\n";
    for i in 0..count {
        writeln!(
            text,
            "    : gate {i}\n    a = opening{i}(v)\n    b = closing{i}(v)\n    tau{i} = 1/(q*(a + b))\n    if (tau{i} < 0.05) {{\n        tau{i} = 0.05\n    }}\n    inf{i} = a/(a + b)"
        )
        .unwrap();
    }
    text += "}\n";
    for i in 0..count {
        writeln!(
            text,
            "\n: Opening and closing of gate {i}.\nFUNCTION opening{i}(v (mV)) (/ms) {{\n    opening{i} = rate{i}*trap{i}(-(v - half{i}), slope{i})\n}}\n\nFUNCTION closing{i}(v (mV)) (/ms) {{\n    closing{i} = rate{i}*exp(-(v - half{i})/(2*slope{i}))\n}}\n\nFUNCTION trap{i}(x, y) {{\n    if (fabs(x/y) < 1e-6) {{\n        trap{i} = y*(1 - x/y/2)\n    }} else {{\n        trap{i} = x/(exp(x/y) - 1)\n    }}\n}}"
        )
        .unwrap();
    }
    text
}

/// A network of `pathways` chains of reactions in one non-linear KINETIC block, 8 lines each.
pub fn pathway(pathways: usize) -> String {
    let mut text = String::from(
        "TITLE signals\nNEURON {\n    SUFFIX signals\n    USEION ca READ cai\n    RANGE out\n}\nPARAMETER {\n",
    );
    for i in 0..pathways {
        writeln!(
            text,
            "    on{i} = 0.{}2\n    off{i} = 0.0{}\n    cat{i} = 0.0{}",
            1 + i % 9,
            1 + i % 9,
            1 + i % 8
        )
        .unwrap();
    }
    text += "}\nASSIGNED {\n    cai\n    out\n}\nSTATE {\n";
    for i in 0..pathways {
        writeln!(text, "    e{i}\n    p{i}\n    c{i}").unwrap();
    }
    text += "}\nINITIAL {\n";
    for i in 0..pathways {
        writeln!(text, "    e{i} = 1\n    p{i} = 0\n    c{i} = 0").unwrap();
    }
    text += "}\nBREAKPOINT {\n    SOLVE network METHOD sparse\n    out = p0\n}\nKINETIC network {\n    ~ e0 <-> p0 (on0*cai, off0)\n";
    for i in 1..pathways {
        writeln!(text, "    : step {i}\n    ~ e{i} + p{} <-> c{i} (on{i}, off{i})\n    ~ c{i} <-> p{i} + p{} (cat{i}, 0)\n    ~ p{i} <-> e{i} (off{i}, 0)", i - 1, i - 1).unwrap();
    }
    text + "}\n"
}

/// A PROCEDURE of `lines` statements of C, called in each step.
pub fn verbatim(lines: usize) -> String {
    let mut text = String::from(
        "NEURON {\n    POINT_PROCESS counter\n    RANGE a, b, c, x\n}\nASSIGNED {\n    a\n    b\n    c\n    x[64]\n}\nPROCEDURE work() {\nVERBATIM\n{\n    int i, k = 0;\n    double sum = 0., *p = x;\n",
    );
    for line in 0..lines / 8 {
        let k = line % 60;
        writeln!(
            text,
            "    /* part {line} */\n    for (i = 0; i < 4; i++) {{\n        sum += p[i + {k}]*{}.5;\n    }}\n    if (sum > {line}. && b < 3) {{\n        b = sum/({}. + a);\n        k++;\n    }} else p[{k}] = exp(-a/{}.) + k;",
            1 + k,
            2 + k,
            10 + k
        )
        .unwrap();
    }
    text + "    c = sum;\n}\nENDVERBATIM\n}\nBREAKPOINT {\n    work()\n}\n"
}
