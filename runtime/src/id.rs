//! Typed indices. They are handed out by [`crate::Model`] and stay valid for its life and that
//! of a [`crate::Simulation`] made from it.

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(crate) u32);

        impl $name {
            /// Position in order of creation, from 0.
            pub fn index(self) -> usize {
                self.0 as usize
            }

            pub(crate) fn new(index: usize) -> Self {
                Self(index as u32)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!($prefix, "{}"), self.0)
            }
        }
    };
}

id!(
    /// A section.
    SectionId, "section"
);
id!(
    /// A registered mechanism.
    MechanismId, "mech"
);
id!(
    /// A point process or an artificial cell.
    PointProcessId, "point"
);
id!(
    /// A NetCon.
    NetConId, "netcon"
);
id!(
    /// An ion species.
    IonId, "ion"
);
id!(
    /// A recorded variable.
    RecordingId, "recording"
);
id!(
    /// A vector that is played.
    PlayId, "play"
);
id!(
    /// Equations of the caller's own.
    LinearId, "linear"
);
id!(
    /// A transfer between variables.
    TransferId, "transfer"
);
