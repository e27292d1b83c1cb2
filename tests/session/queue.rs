//! A million events through the queue: by time, and of equal times in the order in which they were
//! sent.

use runtime::session::Session;
use runtime::{CallbackId, Progress};

/// xorshift64* (Vigna 2016).
fn random(state: &mut u64) -> u64 {
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    state.wrapping_mul(0x2545_f491_4f6c_dd1d)
}

#[test]
fn a_million_events_come_in_order() {
    const COUNT: u64 = 1_000_000;
    let mut session = Session::new().unwrap();
    session.set_variable_step(true).unwrap();
    session.initialize(Some(-65.0)).unwrap();
    let mut state = 0x9e37_79b9_7f4a_7c15;
    // 2^16 different times: many are equal.
    let mut sent: Vec<(u64, u64)> = (0..COUNT)
        .map(|number| (1 + (random(&mut state) >> 48), number))
        .collect();
    for &(time, number) in &sent {
        session
            .send_call_at_once(time as f64 / 64.0, CallbackId(number), None, false)
            .unwrap();
    }
    // Stable: of equal times the order of sending is kept.
    sent.sort_by_key(|&(time, _)| time);
    let mut expected = sent.iter();
    loop {
        match session.solve_until(1100.0).unwrap() {
            Progress::Done => break,
            Progress::Paused => {}
            Progress::Call(CallbackId(number)) => {
                let &(time, right) = expected.next().expect("one more event than were sent");
                assert_eq!((session.t_ms(), number), (time as f64 / 64.0, right));
            }
        }
    }
    assert_eq!(expected.next(), None);
    assert_eq!(session.t_ms(), 1100.0);
}
