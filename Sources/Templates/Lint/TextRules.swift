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
    return (hidden + secrets + markers(in: source)).map { remark, range in
      (remark, LintPlace(range, in: source))
    }
  }

  /// `<<<dotprompt:…>>>`, by which the references tell structure from text.
  private static func markers(in source: SourceText) -> [(Remark, Range<Int>)] {
    var found: [(Remark, Range<Int>)] = []
    var cursor = 0
    while found.count < remarkLimit,
      let start = source.bytes[...].find("<<<dotprompt:", from: cursor)
    {
      let end = source.bytes[...].find(">>>", from: start).map { $0 + 3 } ?? start + 13
      let isOneLine = end <= source.lineEnd(from: start).content
      let range = start..<(isOneLine ? end : start + 13)
      let text = String(decoding: source.bytes[range], as: UTF8.self)
      found.append((.handWrittenMarker(text), range))
      cursor = range.upperBound
    }
    return found
  }
}
