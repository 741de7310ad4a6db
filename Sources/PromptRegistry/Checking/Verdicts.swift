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
  /// How far the step from one contract to another moves the number, and why.
  package static func verdict(
    from old: Contract, to new: Contract
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
  /// The element of `reasons` in a version's record.
  package var value: Value {
    [
      "after": after, "before": before, "hits": .string(rule.hits.rawValue), "path": .string(path),
      "rule": .string(rule.rawValue),
    ]
  }
}
