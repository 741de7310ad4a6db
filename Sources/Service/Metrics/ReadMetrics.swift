package import HTTP
import Synchronization

/// Reads counted by prompt and version, in a bounded number of series; to render a version or hold
/// an output to it is to read it.
package final class ReadMetrics: Sendable {
  private struct Key: Hashable {
    let prompt: String
    let version: String
  }

  private let tallies = Mutex<[Key: Tally]>([:])
  private let rest = Tally()
  private let seriesLimit: Int

  /// Versions told apart when nobody says otherwise.
  package static let standardSeriesLimit = 1000

  /// Counts for the first so many versions that are asked for; all others share one.
  package init(seriesLimit: Int = standardSeriesLimit) { self.seriesLimit = seriesLimit }

  /// What counts the reads of a version, for as long as this lives; asked for once an answer is
  /// prepared, so that a read itself only adds.
  package func tally(_ prompt: String, _ version: String) -> Tally {
    tallies.withLock { tallies in
      let key = Key(prompt: prompt, version: version)
      if let tally = tallies[key] { return tally }
      if tallies.count >= seriesLimit { return rest }
      let tally = Tally()
      tallies[key] = tally
      return tally
    }
  }

  /// Appends the family, sorted by prompt and version.
  package func write(to text: inout MetricsText) {
    let name = "stet_prompt_reads_total"
    text.family(
      name, .counter, "Reads of one version, rendered ones too; beyond the limit without labels.")
    let all = tallies.withLock { Array($0) }
    let sorted = all.sorted { ($0.key.prompt, $0.key.version) < ($1.key.prompt, $1.key.version) }
    for (key, tally) in sorted where tally.count > 0 {
      text.sample(name, [("prompt", key.prompt), ("version", key.version)], tally.count)
    }
    if rest.count > 0 { text.sample(name, [], rest.count) }
  }
}
