package import Notation

/// One line of a text with the version that brought it.
package struct BlamedLine: Hashable, Sendable {
  package let text: String
  package let record: VersionRecord

  /// One element of `lines`.
  package var value: Value {
    [
      "text": .string(text), "version": Field.text(record.version),
      "by": .string(record.by.text), "at": Field.text(record.at), "what": .string(record.what),
      "why": Field.text(record.why),
    ]
  }
}

extension State {
  /// Every line of a version with the version that brought it, following what each came from.
  package func blame(_ version: Resolved) throws(RegistryError) -> [BlamedLine] {
    var chain = [version.record]
    while let from = chain.last?.from {
      chain.append(try existingRecord(of: version.name, from.version))
    }
    var blamed: [BlamedLine] = []
    var old: [String] = []
    for record in chain.reversed() {
      let bytes = try file(.source, of: record.name, record.version) ?? []
      let new = TextLine.lines(of: String(decoding: bytes, as: UTF8.self)).map(\.text)
      let script = EditScript(from: old, to: new)
      let kept = zip(blamed, script.isRemoved).filter { !$1 }.map(\.0)
      var rest = kept[...]
      blamed = zip(new, script.isAdded).map { text, isAdded in
        let earlier = isAdded ? nil : rest.popFirst()
        return earlier ?? BlamedLine(text: text, record: record)
      }
      old = new
    }
    return blamed
  }
}
