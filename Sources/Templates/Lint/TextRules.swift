/// The rules that look at bytes and understand nothing: secrets, hidden characters, markers.
enum TextRules {
  /// Of one kind of remark, no more than this many are made on one source.
  private static let remarkLimit = 20

  static func remarks(in source: SourceText) -> [(remark: Remark, place: LintPlace)] {
    let hidden = Invisible.occurrences(in: source).prefix(remarkLimit).map { found in
      (Remark.invisible(found.scalar), found.offset..<found.offset + UTF8.width(found.scalar))
    }
    let secrets = Secrets.find(in: source.bytes).prefix(remarkLimit).map { secret in
      (Remark.secret(secret.name), secret.range)
    }
    let markers = HandwrittenMarker.all(in: source.bytes, source.bytes.indices)
      .prefix(remarkLimit).map { marker in
        let text = String(decoding: source.bytes[marker.range], as: UTF8.self)
        return (Remark.handWrittenMarker(text), marker.range)
      }
    return (hidden + secrets + markers).map { remark, range in
      (remark, LintPlace(range, in: source))
    }
  }
}
