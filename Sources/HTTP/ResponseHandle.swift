import CMicroHTTP

/// Sole owner of one of the references that libmicrohttpd counts on a response.
///
/// Responses are safe to queue from any thread: the library guards its count with a lock.
@safe struct ResponseHandle: ~Copyable, @unchecked Sendable {
  let raw: OpaquePointer

  /// A response whose body is not copied: the library holds `body` until it was sent.
  init(_ headers: Headers, _ body: PinnedBytes) {
    self.init(HeaderTexts(headers), body)
  }

  /// The same with headers that serve many responses.
  init(_ headers: HeaderTexts, _ body: PinnedBytes) {
    let holder = unsafe Unmanaged.passRetained(body).toOpaque()
    guard
      let raw = unsafe MHD_create_response_from_buffer_with_free_callback_cls(
        body.count, body.start, releasePinnedBytes, holder)
    else { preconditionFailure("libmicrohttpd made no response") }
    unsafe self.raw = raw
    add(headers)
  }

  /// A response of unknown length that `reader` writes.
  init(_ headers: Headers, _ reader: EventReader) {
    let holder = unsafe Unmanaged.passRetained(reader).toOpaque()
    let unknown = UInt64.max
    guard
      let raw = unsafe MHD_create_response_from_callback(
        unknown, EventReader.blockSize, readEvents, holder, releaseEventReader)
    else { preconditionFailure("libmicrohttpd made no response") }
    unsafe self.raw = raw
    add(HeaderTexts(headers))
  }

  deinit { unsafe MHD_destroy_response(raw) }

  private borrowing func add(_ headers: HeaderTexts) {
    // The pointers are into the texts, which nothing refers to after the last.
    withExtendedLifetime(headers.texts) {
      for field in headers.fields {
        let added = unsafe MHD_add_response_header(
          raw, headers.texts.text(at: field.name), headers.texts.text(at: field.value))
        assert(added == .YES, "no handler may set every header")
      }
    }
  }
}
