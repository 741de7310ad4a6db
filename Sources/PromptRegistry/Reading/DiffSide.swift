package import Contracts
package import Notation
import Templates

/// One side of a comparison: a published version, or a draft.
package struct DiffSide: Sendable {
  /// `support/triage@1.3.0`, `support/triage@draft`, or nil where there is nothing.
  package let title: String?
  /// The source and each partial of the closure, by file.
  package let texts: [String: String]
  /// The files of cases and brief that lie beside the source.
  let beside: [String: String]
  /// The file of the prompt itself.
  package let file: String
  package let fields: ValueMap
  package let contract: Contract?
  /// What renders; nil for a partial, and where there is nothing.
  let prompt: CompiledPrompt?
  /// The cases beside the prompt, where they can be read.
  let cases: [PromptCase]
}

extension DiffSide {
  /// An estimate for the source alone; nil where there is none.
  var tokens: Int? { texts[file].map { TokenEstimate(of: $0).count } }

  /// What stands beside something new, or beside something that goes.
  package static func nothing(beside other: DiffSide?) -> DiffSide {
    DiffSide(
      title: nil, texts: [:], beside: [:], file: other?.file ?? "", fields: ValueMap(),
      contract: nil, prompt: nil, cases: [])
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
    let cases = try self.file(.cases, of: version.name, version.version)
    let brief = try self.file(.brief, of: version.name, version.version)
    return DiffSide(
      title: "\(version.name)@\(version.version)", texts: texts,
      beside: Self.beside(version.name, cases: cases, brief: brief), file: file,
      fields: Self.fields(of: version.name, text.source),
      contract: try facts(of: version.record).contract,
      prompt: version.name.isPartial ? nil : try text.compiled(version),
      cases: Self.cases(cases))
  }

  /// A draft as one side of a comparison, with the partials as the workspace has them.
  package func side(
    _ draft: Draft, partial: Facts.PartialSource
  ) throws(RegistryError) -> DiffSide {
    let facts = try Facts(of: draft.name, source: draft.source) { name throws(RegistryError) in
      try self.partial(name, from: partial)
    }
    let file = Slot.prompt(draft.name).path
    var texts = [file: String(decoding: draft.source, as: UTF8.self)]
    for name in facts.closure {
      let source = try self.partial(name, from: partial) ?? []
      texts[Slot.prompt(name).path] = String(decoding: source, as: UTF8.self)
    }
    return DiffSide(
      title: "\(draft.name)@draft", texts: texts,
      beside: Self.beside(draft.name, cases: draft.cases, brief: draft.brief), file: file,
      fields: Self.fields(of: draft.name, draft.source), contract: facts.contract,
      prompt: draft.name.isPartial
        ? nil
        : try compiled(draft, partial: partial), cases: Self.cases(draft.cases))
  }

  private static func beside(
    _ name: PromptName, cases: [UInt8]?, brief: [UInt8]?
  ) -> [String: String] {
    var beside: [String: String] = [:]
    for (kind, bytes) in [(VersionFile.cases, cases), (.brief, brief)] {
      beside[kind.path(of: name)] = bytes.map { String(decoding: $0, as: UTF8.self) }
    }
    return beside
  }

  private static func fields(of name: PromptName, _ source: [UInt8]) -> ValueMap {
    guard !name.isPartial else { return ValueMap() }
    // What cannot be read has been refused where the contract was read.
    let file = try? PromptFile.parse(SourceText(name: Slot.prompt(name).path, bytes: source))
    return file?.frontMatter?.raw ?? ValueMap()
  }

  private static func cases(_ file: [UInt8]?) -> [PromptCase] {
    // What is wrong with a file of cases is for `check` to say.
    file.flatMap { try? CaseFile($0, file: "").cases } ?? []
  }
}
