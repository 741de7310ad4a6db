package import Contracts
package import Notation

extension State {
  /// What a published version promises, read again from its frozen text.
  package func facts(of record: VersionRecord) throws(RegistryError) -> Facts {
    let frozen = Dictionary(record.includes.map { ($0.name, $0.version) }) { $1 }
    guard let source = try file(.source, of: record.name, record.version) else {
      throw .broken(
        path: Slot.version(record.name, record.version, .source).path, .otherBytes)
    }
    return try Facts(of: record.name, source: source) { name throws(RegistryError) in
      guard let version = frozen[name] else { return nil }
      return try file(.source, of: name, version)
    }
  }
}

/// Verdicts between two contracts, with errors of this layer.
package enum Verdicts {
  /// How far the step from one contract to another moves the number, and why; without a former
  /// one it is the first.
  package static func verdict(
    from old: Contract?, to new: Contract
  ) throws(RegistryError) -> Contracts.Verdict {
    do throws(SchemaError) {
      return try Contracts.Verdict(from: old, to: new)
    } catch {
      throw .badInput(
        Complaint(file: "", position: nil, message: error.message, hint: error.hint))
    }
  }
}

extension Reason {
  /// One line for a person: where, what, who is hit, what was there and what is.
  package var line: String { Self.line(of: value) }

  /// The same of a reason as it was recorded; a rule of another table is named by its id.
  package static func line(of recorded: Value) -> String {
    let id = recorded["rule"]?.string ?? ""
    let hits = recorded["hits"]?.string.map { "; hits \($0)s" } ?? ""
    let what = "\(recorded["path"]?.string ?? ""): \(Rule(rawValue: id)?.message ?? id)\(hits)"
    switch (recorded["before"] ?? .null, recorded["after"] ?? .null) {
    case (.null, .null): return what
    case (.null, let after): return "\(what); now \(shown(after))"
    case (let before, .null): return "\(what); was \(shown(before))"
    case (let before, let after): return "\(what); was \(shown(before)), now \(shown(after))"
    }
  }

  /// How much of a value stands in a line, in characters.
  private static let shownLimit = 60

  private static func shown(_ value: Value) -> String {
    let text = JSON.text(value)
    return text.count > shownLimit ? "\(text.prefix(shownLimit))…" : text
  }

  /// The element of `reasons` in a version's record.
  package var value: Value {
    [
      "after": after, "before": before, "hits": .string(rule.hits.rawValue), "path": .string(path),
      "rule": .string(rule.rawValue),
    ]
  }
}
