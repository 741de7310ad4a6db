import CMicroHTTP

/// A look at the header of a request whose `Request` has not been made; valid during one call.
@safe package struct RequestHead: ~Copyable {
  // Of a field that comes twice the first counts, as in `Headers`, even if it is empty.
  var authorization: UnsafeBufferPointer<UInt8>?
  var contentType: UnsafeBufferPointer<UInt8>?
  var host: UnsafeBufferPointer<UInt8>?
  var noneMatch = unsafe UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  var contentEncoding = unsafe UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  var transferEncoding = unsafe UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  var contentLength = unsafe UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  /// How many fields say how long the body is.
  var framingFields = 0
  var expectsContinue = false
  /// What two readers could understand differently.
  private var flaw: HeaderFlaw?
  /// Where the text of the line before ends: the next begins two bytes later, as the library leaves
  /// lines where they came and puts a NUL in place of each byte that ends one.
  private var lineEnd: UnsafePointer<UInt8>?

  init() {}

  /// Nothing of the fields yet, which stand behind a request line that ends at `lineEnd`.
  init(behind lineEnd: UnsafePointer<UInt8>) { unsafe self.lineEnd = lineEnd }

  /// Gives the value of `Authorization`, empty if there is none.
  package borrowing func withAuthorization<Result>(
    _ body: (Span<UInt8>) -> Result
  ) -> Result {
    let none = unsafe UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    let value = unsafe Span(_unsafeElements: authorization ?? none)
    return body(value)
  }

  /// Gives the value of `Host`; nil if there is none, which an empty one is not.
  package borrowing func withHost<Result>(_ body: (Span<UInt8>) -> Result) -> Result? {
    guard let host = unsafe host else { return nil }
    let value = unsafe Span(_unsafeElements: host)
    return body(value)
  }

  /// Gives the value of `Content-Type`; nil if there is none, which an empty one is not.
  package borrowing func withContentType<Result>(_ body: (Span<UInt8>) -> Result) -> Result? {
    guard let contentType = unsafe contentType else { return nil }
    let value = unsafe Span(_unsafeElements: contentType)
    return body(value)
  }

  /// Whether there is anything to be said against the body that follows.
  var describesBody: Bool {
    unsafe framingFields > 0 || !contentEncoding.isEmpty
  }

  /// The body's length; `nil` if it comes in chunks.
  func bodyLength(isOldProtocol: Bool) throws(Refusal) -> Int? {
    if framingFields > 1 { throw .ambiguousFraming }
    let encoding = unsafe contentEncoding.text
    if !encoding.isEmpty, encoding.lowercased() != "identity" { throw .contentEncoding(encoding) }
    let transfer = unsafe transferEncoding.text
    if !transfer.isEmpty {
      if isOldProtocol { throw .ambiguousFraming }
      if transfer.lowercased() != "chunked" { throw .transferEncoding(transfer) }
      return nil
    }
    let length = unsafe contentLength.text
    if length.isEmpty { return 0 }
    guard let count = Int(length), count >= 0 else { throw .ambiguousFraming }
    return count
  }

  /// Whether the requester says that he has exactly this answer, or one that means the same.
  func knows(_ prepared: Prepared) -> Bool {
    guard let etag = prepared.etag, unsafe !noneMatch.isEmpty else { return false }
    if unsafe noneMatch.elementsEqual(prepared.etagField) { return true }
    return NoneMatch(unsafe noneMatch.text).matches(etag)
  }

  /// Reads the fields that decide how a request is served.
  static func scan(
    _ connection: OpaquePointer, after version: UnsafePointer<CChar>
  ) -> RequestHead {
    var head = unsafe RequestHead(
      behind: UnsafeRawPointer(version + strlen(version)).assumingMemoryBound(to: UInt8.self))
    unsafe withUnsafeMutablePointer(to: &head) { pointer in
      _ = unsafe MHD_get_connection_values_n(connection, .HEADER_KIND, scanField, pointer)
    }
    return head
  }

  /// Throws where the header, which ends at `end`, could be understood differently by others.
  func check(end: UnsafePointer<CChar>) throws(Refusal) {
    if let flaw { throw .header(flaw) }
    // Behind the last line there is an empty one.
    let empty = unsafe UnsafeRawPointer(end - 2).assumingMemoryBound(to: UInt8.self)
    guard let lineEnd = unsafe lineEnd, unsafe Self.isLineEnd(lineEnd, before: empty) else {
      throw .header(.brokenLine)
    }
  }

  mutating func take(
    _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>
  ) {
    unsafe takeLine(name, value)
    switch name.count {
    case 4 where unsafe Self.isName(name, "host"):
      if unsafe host != nil { flaw = .severalHosts }
      unsafe host = value
    case 6 where unsafe Self.isName(name, "expect"): expectsContinue = true
    case 12 where unsafe Self.isName(name, "content-type"):
      if unsafe contentType == nil { unsafe contentType = value }
    case 13 where unsafe Self.isName(name, "authorization"):
      if unsafe authorization == nil { unsafe authorization = value }
    case 13 where unsafe Self.isName(name, "if-none-match"):
      if unsafe noneMatch.isEmpty { unsafe noneMatch = value }
    case 14 where unsafe Self.isName(name, "content-length"):
      unsafe contentLength = value
      framingFields += 1
    case 16 where unsafe Self.isName(name, "content-encoding"): unsafe contentEncoding = value
    case 17 where unsafe Self.isName(name, "transfer-encoding"):
      unsafe transferEncoding = value
      framingFields += 1
    default: break
    }
  }

  private mutating func takeLine(
    _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>
  ) {
    guard let start = name.baseAddress, let text = value.baseAddress,
      let end = unsafe lineEnd, unsafe Self.isLineEnd(end, before: start),
      // Some take a lone CR for the end of a line; the library leaves it in the value.
      unsafe memchr(text, Int32(UInt8(ascii: "\r")), value.count) == nil
    else {
      flaw = .brokenLine
      return
    }
    if unsafe name.last.map({ $0 <= UInt8(ascii: " ") }) ?? true { flaw = .blankInName }
    unsafe lineEnd = text + value.count
  }

  /// Whether nothing but the end of a line stands between its text and the next line.
  ///
  /// Later versions of the library cut blanks off a value: they put a NUL in place of the first,
  /// and leave the bytes that end the line.
  private static func isLineEnd(
    _ end: UnsafePointer<UInt8>, before next: UnsafePointer<UInt8>
  ) -> Bool {
    let count = unsafe next - end
    if count <= 2 { return count == 2 }
    let line = unsafe UnsafeBufferPointer(start: end, count: count)
    return unsafe line[0] == 0
      && line[1..<(count - 2)].allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      && line[count - 2] == UInt8(ascii: "\r") && line[count - 1] == UInt8(ascii: "\n")
  }

  private static func isName(_ name: UnsafeBufferPointer<UInt8>, _ lower: StaticString) -> Bool {
    for index in 0..<name.count where unsafe name[index] | 0x20 != lower.utf8Start[index] {
      return false
    }
    return true
  }
}
