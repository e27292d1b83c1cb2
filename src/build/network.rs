//! NetCons, and the sources whose spikes are kept.

use runtime::{NetCon, Place, PointProcessId, Source};

use super::{Builder, SpikeSource};
use crate::model::file::{Connection, Rule, Spikes};
use crate::model::located::{At, OneOrMany};
use crate::model::name;
use crate::problem::{Problem, counted};

/// Who is connected with whom, as a table of the model file says it.
#[derive(Clone, Copy)]
pub(super) struct Pairing<'a> {
    pub rule: Option<&'a At<Rule>>,
    pub pairs: Option<&'a [At<[u32; 2]>]>,
    pub from: &'a At<String>,
    pub to: &'a At<String>,
}

impl Builder<'_> {
    pub(super) fn connections(&mut self, connections: &[Connection]) {
        for connection in connections {
            self.connection(connection);
        }
    }

    fn connection(&mut self, connection: &Connection) {
        let sources = self.sources(&connection.from);
        let targets = self.targets(&connection.to);
        if sources.is_empty() || targets.is_empty() {
            return;
        }
        let pairing = Pairing {
            rule: connection.rule.as_ref(),
            pairs: connection.pairs.as_deref(),
            from: &connection.from,
            to: &connection.to,
        };
        let Some(pairs) = self.pairs(pairing, sources.len(), targets.len()) else {
            return;
        };
        self.check_threshold(connection.threshold.as_ref(), &sources, &connection.from);
        self.check_weights(connection, targets[0]);
        let weights = connection
            .weight
            .as_deref()
            .map(OneOrMany::as_slice)
            .unwrap_or(&[]);
        for (from, to) in pairs {
            let mut netcon = NetCon::new(sources[from].1.clone(), Some(targets[to]));
            netcon.delay_ms = connection.delay;
            netcon.weights = weights.to_vec();
            netcon.threshold = self.threshold(&sources[from].0, connection.threshold.as_ref());
            let added = self.model.add_netcon(netcon);
            if self.take(added, connection.to.span()).is_none() {
                return;
            }
        }
    }

    pub(super) fn spikes(&mut self, spikes: &Spikes) -> Vec<SpikeSource> {
        let mut kept = Vec::new();
        // The threshold is of those sources that are places; without any it is a mistake.
        let only_points = !spikes.of.iter().any(|pattern| name::is_place(pattern));
        for pattern in &spikes.of {
            let sources = self.sources(pattern);
            let own = spikes.threshold.as_ref();
            let own = own.filter(|_| only_points || name::is_place(pattern));
            self.check_threshold(own, &sources, pattern);
            for (name, source) in sources {
                let mut netcon = NetCon::new(source, None);
                netcon.threshold = self.threshold(&name, own);
                let added = self.model.add_netcon(netcon);
                if let Some(netcon) = self.take(added, pattern.span()) {
                    kept.push(SpikeSource { name, netcon });
                }
            }
        }
        kept
    }

    /// The sources that a name or a pattern stands for, by their full names.
    fn sources(&mut self, pattern: &At<String>) -> Vec<(String, Source)> {
        if name::is_place(pattern) {
            return self.place_sources(pattern);
        }
        let found: Vec<(String, Source)> = self
            .points
            .find(pattern)
            .into_iter()
            .map(|(name, id)| {
                let source = self.model.source_of_point(id);
                (name.to_owned(), source.unwrap_or(Source::Point(id)))
            })
            .collect();
        if found.is_empty() {
            let problem = if self.sections.find(pattern).is_empty() {
                let names = self.points.iter().map(|(name, _)| name);
                Problem::at(pattern.span(), self.points.missing(pattern))
                    .known_names(pattern, names)
            } else {
                Problem::at(
                    pattern.span(),
                    format!("`{}` is a section", pattern.as_str()),
                )
                .help(format!("write a place in it: `{}(0.5)`", pattern.as_str()))
            };
            self.problem(problem);
        }
        found
    }

    fn place_sources(&mut self, pattern: &At<String>) -> Vec<(String, Source)> {
        let place = match name::place(pattern) {
            Ok(place) => place,
            Err(error) => {
                self.problem(Problem::at(
                    pattern.span(),
                    format!("`{}` {error}", pattern.as_str()),
                ));
                return Vec::new();
            }
        };
        let found: Vec<(String, Source)> = self
            .sections
            .find(place.section)
            .into_iter()
            .map(|(name, section)| {
                let x = place.position;
                let source = Source::Variable {
                    place: Place::Segment { section, x },
                    name: "v".to_owned(),
                };
                (format!("{name}({x})"), source)
            })
            .collect();
        if found.is_empty() {
            let names = self.sections.iter().map(|(name, _)| name);
            let problem = Problem::at(pattern.span(), self.sections.missing(place.section));
            let problem = problem.known_names(place.section, names);
            self.problem(problem);
        }
        found
    }

    fn targets(&mut self, pattern: &At<String>) -> Vec<PointProcessId> {
        let found: Vec<PointProcessId> = self
            .points
            .find(pattern)
            .into_iter()
            .map(|(_, id)| id)
            .collect();
        if found.is_empty() {
            let problem = if name::is_place(pattern) {
                Problem::at(
                    pattern.span(),
                    format!("`{}` cannot receive events", pattern.as_str()),
                )
                .help(
                    "a target is a point process or an artificial cell, made below `[points.NAME]`",
                )
            } else {
                let names = self.points.iter().map(|(name, _)| name);
                Problem::at(pattern.span(), self.points.missing(pattern))
                    .known_names(pattern, names)
            };
            self.problem(problem);
        }
        found
    }

    /// The connected pairs themselves; none after a problem.
    pub(super) fn paired<'f, A, B>(
        &mut self,
        pairing: Pairing<'_>,
        sources: &'f [A],
        targets: &'f [B],
    ) -> Vec<(&'f A, &'f B)> {
        if sources.is_empty() || targets.is_empty() {
            return Vec::new();
        }
        let pairs = self.pairs(pairing, sources.len(), targets.len());
        let pairs = pairs.unwrap_or_default().into_iter();
        pairs.map(|(i, j)| (&sources[i], &targets[j])).collect()
    }

    /// Indices of sources and targets that are connected.
    fn pairs(
        &mut self,
        connection: Pairing<'_>,
        sources: usize,
        targets: usize,
    ) -> Option<Vec<(usize, usize)>> {
        let Some(written) = connection.pairs else {
            let rule = connection.rule.map_or_else(Rule::default, |rule| **rule);
            let pairs = rule.pairs(sources, targets);
            if pairs.is_none() {
                let span = connection.rule.map_or(connection.to.span(), At::span);
                self.problem(
                    Problem::at(
                        span,
                        format!("{sources} sources cannot be connected with {targets} targets so"),
                    )
                    .see(connection.from.span(), format!("{sources} sources")),
                );
            }
            return pairs;
        };
        if let Some(rule) = connection.rule {
            self.problem(Problem::at(
                rule.span(),
                "either `rule` or `pairs`, not both",
            ));
        }
        let mut pairs = Vec::new();
        for pair in written {
            let [from, to] = pair.map(|index| index as usize);
            for (index, count, what) in [(from, sources, "source"), (to, targets, "target")] {
                if index >= count {
                    let message = format!("there is no {what} {index}");
                    let label = format!("{}, counted from 0", counted(count, what));
                    self.problem(Problem::at(pair.span(), message).label(label));
                    return None;
                }
            }
            pairs.push((from, to));
        }
        Some(pairs)
    }

    /// Remembers where a threshold is written; a second one of the same place must be equal.
    fn check_threshold(
        &mut self,
        threshold: Option<&At<f64>>,
        sources: &[(String, Source)],
        pattern: &At<String>,
    ) {
        let Some(threshold) = threshold else {
            return;
        };
        for (name, source) in sources {
            if matches!(source, Source::Point(_)) {
                return self.problem(
                    Problem::at(threshold.span(), format!("`{name}` has no threshold")).see(
                        pattern.span(),
                        "a threshold belongs to a place, as `soma(0.5)`",
                    ),
                );
            }
            let known = self
                .thresholds
                .entry(name.clone())
                .or_insert_with(|| threshold.clone());
            if **known != **threshold {
                let (first, second) = (**known, **threshold);
                let see = known.span();
                return self.problem(
                    Problem::at(
                        threshold.span(),
                        format!("`{name}` has two thresholds, {first} and {second} mV"),
                    )
                    .see(see, "the first is here"),
                );
            }
        }
    }

    fn threshold(&self, source: &str, own: Option<&At<f64>>) -> Option<f64> {
        own.or_else(|| self.thresholds.get(source))
            .map(|threshold| **threshold)
    }

    fn check_weights(&mut self, connection: &Connection, target: PointProcessId) {
        let Some(weight) = &connection.weight else {
            return;
        };
        let receive = self
            .model
            .point_mechanism(target)
            .and_then(|mechanism| self.model.mechanism(mechanism))
            .ok()
            .and_then(|description| {
                Some((description.name.clone(), description.net_receive.clone()?))
            });
        if let Some((class, receive)) = receive
            && weight.as_slice().len() > receive.arguments.len()
        {
            let names = receive.arguments.join(", ");
            let message = format!("`{class}` takes fewer weights");
            self.problem(
                Problem::at(weight.span(), message).label(format!("its arguments are {names}")),
            );
        }
    }
}

impl Rule {
    /// Connected indices, or `None` if the numbers do not fit.
    fn pairs(self, sources: usize, targets: usize) -> Option<Vec<(usize, usize)>> {
        let all = || (0..sources).flat_map(move |from| (0..targets).map(move |to| (from, to)));
        match self {
            Self::OneToOne if sources == targets => Some((0..sources).map(|i| (i, i)).collect()),
            Self::OneToOne if sources == 1 || targets == 1 => Some(all().collect()),
            Self::OneToOne => None,
            Self::Ring => {
                (sources == targets).then(|| (0..sources).map(|i| (i, (i + 1) % sources)).collect())
            }
            Self::AllToAll => Some(all().collect()),
            Self::AllToOthers => Some(all().filter(|(from, to)| from != to).collect()),
        }
    }
}
