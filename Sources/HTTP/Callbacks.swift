import CMicroHTTP

// Functions that libmicrohttpd calls on its own threads. They are free functions in a file without
// statements, as a closure in `main.swift` would belong to the main actor and trap there.

/// A connection has begun or is about to be closed.
func onConnection(
  _ context: UnsafeMutableRawPointer?, _ raw: OpaquePointer?,
  _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ event: MHD_ConnectionNotificationCode
) {
  guard let context = unsafe context, let raw = unsafe raw, let slot = unsafe slot else { return }
  let daemon = unsafe Unmanaged<DaemonContext>.fromOpaque(context).takeUnretainedValue()
  if event == .CONNECTION_NOTIFY_STARTED {
    let connection = unsafe Connection(raw, daemon)
    unsafe slot.pointee = Unmanaged.passRetained(connection).toOpaque()
    daemon.arrived(connection.watch)
  } else if let held = unsafe slot.pointee {
    let connection = unsafe Unmanaged<Connection>.fromOpaque(held).takeRetainedValue()
    unsafe slot.pointee = nil
    daemon.departed(connection.watch)
  }
}

/// A request line has arrived; what is returned comes back with each further call.
func onTarget(
  _ context: UnsafeMutableRawPointer?, _ uri: UnsafePointer<CChar>, _ raw: OpaquePointer
) -> UnsafeMutableRawPointer? {
  guard let held = unsafe stet_mhd_socket_context(raw) else { return nil }
  unsafe Unmanaged<Connection>.fromOpaque(held).takeUnretainedValue().begin(uri)
  return unsafe held
}

/// A header, a piece of a body, or the end of a request has arrived.
func onRequest(
  _ context: UnsafeMutableRawPointer?, _ raw: OpaquePointer?, _ url: UnsafePointer<CChar>?,
  _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?,
  _ upload: UnsafePointer<CChar>?, _ uploadSize: UnsafeMutablePointer<Int>?,
  _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let held = unsafe state?.pointee, let url = unsafe url, let method = unsafe method,
    let version = unsafe version, let uploadSize = unsafe uploadSize
  else { return .NO }
  let connection = unsafe Unmanaged<Connection>.fromOpaque(held).takeUnretainedValue()
  let call = unsafe RequestCall(
    target: url, methodName: method, version: version,
    upload: UnsafeBufferPointer(
      start: UnsafeRawPointer(upload)?.assumingMemoryBound(to: UInt8.self),
      count: uploadSize.pointee))
  // Whatever happens to it, all of the piece was read.
  unsafe uploadSize.pointee = 0
  return connection.proceed(call)
}

/// A request has ended.
func onCompleted(
  _ context: UnsafeMutableRawPointer?, _ raw: OpaquePointer?,
  _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ why: MHD_RequestTerminationCode
) {
  guard let held = unsafe state?.pointee else { return }
  let connection = unsafe Unmanaged<Connection>.fromOpaque(held).takeUnretainedValue()
  switch why {
  case .REQUEST_TERMINATED_COMPLETED_OK: connection.end(.answered)
  case .REQUEST_TERMINATED_TIMEOUT_REACHED: connection.end(.timedOut)
  case .REQUEST_TERMINATED_DAEMON_SHUTDOWN: connection.end(.stopped)
  default: connection.end(.abandoned)
  }
}

/// Keeps the library from decoding targets, which `Target` does strictly.
func leaveEscaped(
  _ context: UnsafeMutableRawPointer?, _ raw: OpaquePointer, _ text: UnsafeMutablePointer<CChar>
) -> Int {
  unsafe strlen(text)
}

/// One header field of a request whose `RequestHead` is made.
func scanField(
  _ head: UnsafeMutableRawPointer?, _ kind: MHD_ValueKind,
  _ name: UnsafePointer<CChar>?, _ nameSize: Int,
  _ value: UnsafePointer<CChar>?, _ valueSize: Int
) -> MHD_Result {
  guard let head = unsafe head else { return .NO }
  unsafe head.assumingMemoryBound(to: RequestHead.self).pointee.take(
    UnsafeBufferPointer(bytes: name, count: nameSize),
    UnsafeBufferPointer(bytes: value, count: valueSize))
  return .YES
}

/// One header field of a request whose `Headers` are made.
func collectField(
  _ headers: UnsafeMutableRawPointer?, _ kind: MHD_ValueKind,
  _ name: UnsafePointer<CChar>?, _ nameSize: Int,
  _ value: UnsafePointer<CChar>?, _ valueSize: Int
) -> MHD_Result {
  guard let headers = unsafe headers else { return .NO }
  unsafe headers.assumingMemoryBound(to: Headers.self).pointee.append(
    UnsafeBufferPointer(bytes: name, count: nameSize).text,
    UnsafeBufferPointer(bytes: value, count: valueSize).text)
  return .YES
}

/// A stream's connection can take more.
func readEvents(
  _ reader: UnsafeMutableRawPointer?, _ position: UInt64, _ room: UnsafeMutablePointer<CChar>?,
  _ size: Int
) -> Int {
  guard let reader = unsafe reader else { return EventReader.endWithError }
  let held = unsafe Unmanaged<EventReader>.fromOpaque(reader).takeUnretainedValue()
  return unsafe held.stream.read(
    into: UnsafeMutableRawBufferPointer(start: room, count: size), for: held.connection)
}

/// No connection needs a stream's reader any more.
func releaseEventReader(_ reader: UnsafeMutableRawPointer?) {
  guard let reader = unsafe reader else { return }
  unsafe Unmanaged<EventReader>.fromOpaque(reader).release()
}

/// No connection needs a body any more.
func releasePinnedBytes(_ bytes: UnsafeMutableRawPointer?) {
  guard let bytes = unsafe bytes else { return }
  unsafe Unmanaged<PinnedBytes>.fromOpaque(bytes).release()
}

/// What the library says at each step of a request.
@safe struct RequestCall {
  let target: UnsafePointer<CChar>
  let methodName: UnsafePointer<CChar>
  let version: UnsafePointer<CChar>
  let upload: UnsafeBufferPointer<UInt8>

  var hasUpload: Bool { unsafe upload.count > 0 }
  var isHTTP10: Bool { unsafe strcmp(version, "HTTP/1.0") == 0 }
  var method: Method {
    unsafe strcmp(methodName, "GET") == 0 ? .get : Method(String(cString: methodName))
  }
}

extension UnsafeBufferPointer<UInt8> {
  init(bytes: UnsafePointer<CChar>?, count: Int) {
    unsafe self.init(
      start: UnsafeRawPointer(bytes)?.assumingMemoryBound(to: UInt8.self),
      count: bytes == nil ? 0 : count)
  }

  var text: String { unsafe String(decoding: self, as: UTF8.self) }
}

extension Headers {
  /// All fields of the request that a connection brings.
  init(of connection: OpaquePointer) {
    var headers = Headers()
    unsafe withUnsafeMutablePointer(to: &headers) { pointer in
      _ = unsafe MHD_get_connection_values_n(connection, .HEADER_KIND, collectField, pointer)
    }
    self = headers
  }
}
