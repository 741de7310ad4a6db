import Contracts
package import Notation

/// What changed from one side to the other.
package struct Difference: Sendable {
  private let from: DiffSide
  private let to: DiffSide
  private let verdict: Contracts.Verdict?
  /// How the texts differ, by file, those that do not left out.
  package let texts: [(file: String, diff: TextDiff)]
  private let fields: [(path: String, from: Value, to: Value)]
  /// What becomes of each case, of which those beside the newer side count.
  package let cases: [CaseDifference]

  /// Compares words, front matter and contract.
  package init(from: DiffSide, to: DiffSide) throws(RegistryError) {
    self.from = from
    self.to = to
    texts = Set(from.texts.keys).union(to.texts.keys).sorted()
      .filter { from.texts[$0] != to.texts[$0] }
      .map { ($0, TextDiff(from: from.texts[$0] ?? "", to: to.texts[$0] ?? "")) }
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

  /// Whether the two sides are the same.
  package var isEmpty: Bool { texts.isEmpty && fields.isEmpty }

  /// The object that `diff --json` and `GET /v1/diff` answer.
  package var value: Value {
    [
      "from": Field.text(from.title), "to": Field.text(to.title),
      "source": .list(texts.first { $0.file == to.file }?.diff.hunks.map(\.value) ?? []),
      "includes": .list(
        texts.filter { $0.file != to.file }.map { file, diff in
          ["file": .string(file), "source": .list(diff.hunks.map(\.value))]
        }),
      "cases": .list(cases.map(\.value)),
      "fields": .list(
        fields.map { ["path": .string($0.path), "from": $0.from, "to": $0.to] }),
      "contract": [
        "bump": verdict.map { .string($0.bump.rawValue) } ?? .null,
        "reasons": .list(verdict?.reasons.map(\.value) ?? []),
      ],
      "tokens": [
        "from": Field.number(from.texts[from.file].map { TokenEstimate(of: $0).count }),
        "to": Field.number(to.texts[to.file].map { TokenEstimate(of: $0).count }),
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
    if let old = from.texts[from.file], let new = to.texts[to.file] {
      lines.append(
        "tokens of the source, estimated: \(TokenEstimate(of: old).count) -> "
          + "\(TokenEstimate(of: new).count)"
      )
    }
    let changed = cases.filter(\.isChange)
    lines += changed.map(\.summary)
    if cases.count > changed.count {
      lines.append("cases that render the same: \(cases.count - changed.count)")
    }
    return lines
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
