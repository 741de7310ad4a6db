import Contracts
package import Notation

/// What changed from one side to the other.
package struct Difference: Sendable {
  private let from: DiffSide
  private let to: DiffSide
  private let verdict: Contracts.Verdict?
  private let texts: [FileDiff]
  private let beside: [FileDiff]
  private let fields: [(path: String, from: Value, to: Value)]
  /// What becomes of each case, of which those beside the newer side count.
  package let cases: [CaseDifference]

  /// Compares words, front matter and contract.
  package init(from: DiffSide, to: DiffSide) throws(RegistryError) {
    self.from = from
    self.to = to
    texts = FileDiff.between(from.texts, to.texts)
    beside = FileDiff.between(from.beside, to.beside)
    var fields: [(String, Value, Value)] = []
    for key in Set(from.fields.keys).union(to.fields.keys).sorted()
    where from.fields[key] != to.fields[key] {
      fields.append((key, from.fields[key] ?? .null, to.fields[key] ?? .null))
    }
    self.fields = fields
    cases = (to.cases.isEmpty ? from.cases : to.cases).map {
      CaseDifference($0, from: from.prompt, to: to.prompt)
    }
    if let old = from.contract, let new = to.contract {
      verdict = try Verdicts.verdict(from: old, to: new)
    } else {
      verdict = nil
    }
  }

  /// The file of the prompt.
  package var file: String { to.file }

  /// What is compared with what.
  package var title: String { "\(from.title ?? "nothing") -> \(to.title ?? "nothing")" }

  /// How the files differ, those that do not left out: the source and its partials, then what lies
  /// beside it.
  package var files: [FileDiff] { texts + beside }

  /// Whether the two sides are the same.
  package var isEmpty: Bool { files.isEmpty && fields.isEmpty }

  /// The object that `diff --json` and `GET /v1/diff` answer.
  package var value: Value {
    [
      "from": Field.text(from.title), "to": Field.text(to.title),
      "source": .list(texts.first { $0.file == to.file }?.diff.hunks.map(\.value) ?? []),
      "includes": .list(texts.filter { $0.file != to.file }.map(\.value)),
      "beside": .list(beside.map(\.value)),
      "cases": .list(cases.map(\.value)),
      "fields": .list(
        fields.map { ["path": .string($0.path), "from": $0.from, "to": $0.to] }),
      "contract": [
        "bump": verdict.map { .string($0.bump.rawValue) } ?? .null,
        "reasons": .list(verdict?.reasons.map(\.value) ?? []),
      ],
      "tokens": [
        "from": Field.number(from.tokens), "to": Field.number(to.tokens),
      ],
    ]
  }

  /// What a person reads below the texts: the verdict with its reasons, and the tokens.
  package var summary: [String] {
    var lines: [String] = []
    if let verdict {
      lines.append("contract: \(verdict.bump.rawValue)")
      lines += verdict.reasons.map { "  \($0.line)" }
    }
    let sizes = [from, to].map { side in side.tokens.map { "\($0)" } ?? "none" }
    lines.append("tokens of the source, estimated: \(sizes[0]) -> \(sizes[1])")
    let changed = cases.filter(\.isChange)
    lines += changed.map(\.summary)
    if cases.count > changed.count {
      lines.append("cases that render the same: \(cases.count - changed.count)")
    }
    return lines
  }
}

/// How one file differs.
package struct FileDiff: Hashable, Sendable {
  /// The way to it from the top of a workspace.
  package let file: String
  package let diff: TextDiff

  /// The files that differ, sorted.
  fileprivate static func between(_ old: [String: String], _ new: [String: String]) -> [FileDiff] {
    Set(old.keys).union(new.keys).sorted().filter { old[$0] != new[$0] }.map {
      FileDiff(file: $0, diff: TextDiff(from: old[$0] ?? "", to: new[$0] ?? ""))
    }
  }

  /// One element of `includes` and `beside`.
  fileprivate var value: Value {
    ["file": .string(file), "source": .list(diff.hunks.map(\.value))]
  }
}

extension State {
  /// What a version changed in the one that it came from.
  package func difference(
    broughtBy version: Headline.Publication
  ) throws(RegistryError) -> Difference {
    let new = try resolve(Reference(name: version.name, selector: .exact(version.version)))
    guard let from = new.record.from?.version else {
      return try Difference(from: .nothing(beside: nil), to: side(new))
    }
    let old = try resolve(Reference(name: version.name, selector: .exact(from)))
    return try Difference(from: side(old), to: side(new))
  }
}

extension TextDiff.Hunk {
  /// One element of `source`.
  package var value: Value {
    [
      "old_start": Field.number(old.start), "old_lines": Field.number(old.count),
      "new_start": Field.number(new.start), "new_lines": Field.number(new.count),
      "lines": .list(
        lines.map { ["op": .string($0.fate.rawValue), "text": .string($0.line.text)] }),
    ]
  }
}
