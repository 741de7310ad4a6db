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

  init() {}

  /// Gives the value of `Authorization`, empty if there is none.
  package borrowing func withAuthorization<Result>(
    _ body: (Span<UInt8>) -> Result
  ) -> Result {
    let none = unsafe UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    let value = unsafe Span(_unsafeElements: authorization ?? none)
    return body(value)
  }

  /// Gives the value of `Host`, empty if there is none.
  package borrowing func withHost<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    let none = unsafe UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    let value = unsafe Span(_unsafeElements: host ?? none)
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
  static func scan(_ connection: OpaquePointer) -> RequestHead {
    var head = RequestHead()
    unsafe withUnsafeMutablePointer(to: &head) { pointer in
      _ = unsafe MHD_get_connection_values_n(connection, .HEADER_KIND, scanField, pointer)
    }
    return head
  }

  mutating func take(
    _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>
  ) {
    switch name.count {
    case 4 where unsafe Self.isName(name, "host"):
      if unsafe host == nil { unsafe host = value }
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

  private static func isName(_ name: UnsafeBufferPointer<UInt8>, _ lower: StaticString) -> Bool {
    for index in 0..<name.count where unsafe name[index] | 0x20 != lower.utf8Start[index] {
      return false
    }
    return true
  }
}
