package import Contracts
package import Notation
import Templates

/// One side of a comparison: a published version, or a draft.
package struct DiffSide: Sendable {
  /// `support/triage@1.3.0`, `support/triage@draft`, or nothing where there is nothing.
  package let title: String
  /// The source and each partial of the closure, by file.
  package let texts: [String: String]
  /// The file of the prompt itself.
  package let file: String
  package let fields: ValueMap
  package let contract: Contract?
}

extension DiffSide {
  /// What stands beside something new.
  package static func nothing(beside other: DiffSide) -> DiffSide {
    DiffSide(title: "", texts: [:], file: other.file, fields: ValueMap(), contract: nil)
  }
}

/// What changed from one side to the other.
package struct Difference: Sendable {
  private let from: DiffSide
  private let to: DiffSide
  private let verdict: Contracts.Verdict?
  /// How the texts differ, by file, those that do not left out.
  package let texts: [(file: String, diff: TextDiff)]
  private let fields: [(path: String, from: Value, to: Value)]

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
    if let old = from.contract, let new = to.contract {
      verdict = try Verdicts.verdict(from: old, to: new)
    } else {
      verdict = nil
    }
  }

  /// Whether the two sides are the same.
  package var isEmpty: Bool { texts.isEmpty && fields.isEmpty }

  /// The object that `diff --json` and `GET /v1/diff` answer.
  package var value: Value {
    [
      "from": .string(from.title), "to": .string(to.title),
      "source": .list(texts.first { $0.file == to.file }?.diff.hunks.map(\.value) ?? []),
      "includes": .list(
        texts.filter { $0.file != to.file }.map { file, diff in
          ["file": .string(file), "source": .list(diff.hunks.map(\.value))]
        }),
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
      lines += verdict.reasons.map {
        "  \($0.path): \($0.rule.message) (\($0.rule.hits.rawValue))"
      }
    }
    if let old = from.texts[from.file], let new = to.texts[to.file] {
      lines.append(
        "tokens of the source, estimated: \(TokenEstimate(of: old).count) -> "
          + "\(TokenEstimate(of: new).count)"
      )
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

extension State {
  /// A published version as one side of a comparison.
  package func side(_ version: Resolved) throws(RegistryError) -> DiffSide {
    let text = try frozenText(of: version)
    let file = Slot.prompt(version.name).path
    var texts = [file: String(decoding: text.source, as: UTF8.self)]
    for part in text.includes {
      texts[Slot.prompt(part.include.name).path] = String(decoding: part.source, as: UTF8.self)
    }
    return DiffSide(
      title: "\(version.name)@\(version.version)", texts: texts, file: file,
      fields: Self.fields(of: version.name, text.source),
      contract: try facts(of: version.record).contract)
  }

  /// A draft as one side of a comparison, with the partials as the workspace has them.
  package func side(
    _ draft: Draft, among drafts: [PromptName: [UInt8]]
  ) throws(RegistryError) -> DiffSide {
    let facts = try Facts(of: draft.name, source: draft.source) { name throws(RegistryError) in
      try partial(name, among: drafts)
    }
    let file = Slot.prompt(draft.name).path
    var texts = [file: String(decoding: draft.source, as: UTF8.self)]
    for name in facts.closure {
      let source = try partial(name, among: drafts) ?? []
      texts[Slot.prompt(name).path] = String(decoding: source, as: UTF8.self)
    }
    return DiffSide(
      title: "\(draft.name)@draft", texts: texts, file: file,
      fields: Self.fields(of: draft.name, draft.source), contract: facts.contract)
  }

  private static func fields(of name: PromptName, _ source: [UInt8]) -> ValueMap {
    guard !name.isPartial else { return ValueMap() }
    // What cannot be read has been refused where the contract was read.
    let file = try? PromptFile.parse(SourceText(name: Slot.prompt(name).path, bytes: source))
    return file?.frontMatter?.raw ?? ValueMap()
  }
}
