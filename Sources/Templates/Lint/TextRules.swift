extension Lint {
  /// A finding for each secret of a text that is no template: what lies beside a prompt, or what
  /// somebody says of a change.
  package static func secrets(in source: SourceText) -> [Finding] {
    Secrets.find(in: source.bytes).map { secret in
      Finding(.secret(secret.name), in: source, at: LintPlace(secret.range, in: source))
    }
  }
}

/// The rules that look at bytes and understand nothing: secrets, hidden characters, markers.
enum TextRules {
  static func remarks(in source: SourceText) -> [(remark: Remark, place: LintPlace)] {
    var remarks = Remarks()
    for (offset, scalar) in Invisible.occurrences(in: source) {
      let range = offset..<offset + UTF8.width(scalar)
      remarks.add(.invisible(scalar), at: LintPlace(range, in: source))
    }
    for secret in Secrets.find(in: source.bytes) {
      remarks.add(.secret(secret.name), at: LintPlace(secret.range, in: source))
    }
    for marker in HandwrittenMarker.all(in: source.bytes, source.bytes.indices) {
      let text = String(decoding: source.bytes[marker.range], as: UTF8.self)
      remarks.add(.handWrittenMarker(text), at: LintPlace(marker.range, in: source))
    }
    return remarks.items
  }
}
