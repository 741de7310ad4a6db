import Notation
import PromptRegistry

/// Differences as a person reads them, one below the other: what is compared and what it means to
/// callers, then the files. It can be given to `patch` as it is, so that no file comes twice in the
/// same way, though many prompts may include one partial.
struct DifferenceReport {
  private let detail: Detail
  private var shown: Set<FileDiff> = []

  /// What is shown of each.
  enum Detail {
    case texts, counts
    /// What a model would see in all cases, or in one.
    case rendered(String?)
  }

  init(_ detail: Detail) { self.detail = detail }

  /// Adds one to the answer.
  mutating func add(_ difference: Difference, _ session: Session) {
    let console = session.console
    console.answer(session.ink.paint(difference.title, .heading))
    for line in difference.summary { console.answer("  \(line)".visible) }
    switch detail {
    case .texts:
      for file in news(of: difference, console) {
        console.answer(
          exactly: DiffText.text(file.diff, from: file.file, to: file.file, session.ink))
      }
    case .counts:
      for file in news(of: difference, console) { console.answer(file.counts) }
    case .rendered(let name):
      for test in difference.cases where test.isChange && (name ?? test.name) == test.name {
        let title = "\(difference.file) in case \(test.name)"
        console.answer(exactly: DiffText.text(test.diff, from: title, to: title, session.ink))
      }
    }
  }

  /// The files that were not shown yet; says of the others that they were.
  private mutating func news(of difference: Difference, _ console: Console) -> [FileDiff] {
    var news: [FileDiff] = []
    for file in difference.files {
      if shown.insert(file).inserted {
        news.append(file)
      } else {
        console.answer("  \(file.file) as above")
      }
    }
    return news
  }
}

extension FileDiff {
  /// How many lines come and go.
  fileprivate var counts: String {
    let lines = diff.hunks.flatMap(\.lines)
    let added = lines.count { $0.fate == .comes }
    return "\(file)  +\(added) -\(lines.count { $0.fate == .goes })"
  }
}
