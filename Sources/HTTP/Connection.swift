import CMicroHTTP
import Platform

/// One socket and the request under way on it; only the thread that serves it touches this.
@safe final class Connection {
  let context: DaemonContext
  let watch: Watch
  let raw: OpaquePointer
  /// The first of this connection's request ids.
  private let firstID = UInt64.random(in: .min ... .max)
  private var requests: UInt64 = 0

  private var stage = Stage.receiving
  /// The target as the library holds it, unchanged up to its query.
  private(set) var target = unsafe UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  /// The whole target, copied only when it has a query, as the library takes that to pieces.
  private(set) var wholeTarget: [UInt8] = []
  private var head = RequestHead()
  private var body: [UInt8] = []
  private var swallowedBytes = 0
  var outcome = Outcome()

  private enum Stage { case receiving, headSeen, overlong }

  /// What is known of an answer when its request ends.
  struct Outcome {
    var method = Method.get
    var route = Route.none
    var sentBytes = 0
    var stream: EventStream?
  }

  init(_ raw: OpaquePointer, _ context: DaemonContext) {
    unsafe self.raw = raw
    self.context = context
    watch = Watch(socket: unsafe stet_mhd_socket(raw), context.drip)
  }

  var core: Core { context.core }
  var id: RequestID { RequestID(firstID &+ requests) }
}

extension Connection {
  /// A request line has arrived.
  func begin(_ uri: UnsafePointer<CChar>) {
    watch.begin()
    requests &+= 1
    stage = .receiving
    outcome = Outcome()
    let length = unsafe strlen(uri)
    unsafe target = UnsafeBufferPointer(
      start: UnsafeRawPointer(uri).assumingMemoryBound(to: UInt8.self), count: length)
    let hasQuery = unsafe memchr(uri, Int32(UInt8(ascii: "?")), length) != nil
    wholeTarget = hasQuery ? unsafe Array(target) : []
  }

  /// The library has something: first the header, then each piece of the body, then its end.
  func proceed(_ call: RequestCall) -> MHD_Result {
    switch stage {
    case .receiving:
      outcome.method = call.method
      do throws(Refusal) {
        try receiveHead(call)
        return .YES
      } catch {
        return refuse(error)
      }
    case .headSeen:
      guard call.hasUpload else { return answer() }
      receiveBody(call)
      return .YES
    case .overlong:
      guard call.hasUpload else {
        return refuse(.bodyTooLarge(limit: core.limits.bodyBytes))
      }
      swallowedBytes += unsafe call.upload.count
      return swallowedBytes > core.limits.overlongBodyBytes ? .NO : .YES
    }
  }

  /// The request has ended, well or not.
  func end(_ ending: FinishedRequest.Ending) {
    if let stream = outcome.stream { endStream(stream) }
    core.requests.add()
    if let observer = core.application.observer {
      observer(FinishedRequest(self, ending))
    }
    outcome = Outcome()
    body = []
    watch.rest()
  }
}

extension Connection {
  private func endStream(_ stream: EventStream) {
    outcome.sentBytes = stream.sentBytes
    context.ended(stream)
  }

  private func receiveHead(_ call: RequestCall) throws(Refusal) {
    stage = .headSeen
    let limits = core.limits
    let size = unsafe stet_mhd_header_size(raw)
    if size > limits.headerBytes { throw .headersTooLarge(limit: limits.headerBytes) }
    head = unsafe RequestHead.scan(raw, after: call.version)
    try unsafe head.check(end: call.methodName + size)
    // A NUL would have cut the target short, and the version would not follow it.
    if unsafe call.target + target.count + 1 != call.version {
      throw .target(.forbiddenByte(0))
    }
    guard head.describesBody else { return }
    guard let length = try head.bodyLength(isOldProtocol: call.isHTTP10) else { return }
    if length > limits.overlongBodyBytes || (length > limits.bodyBytes && head.expectsContinue) {
      throw .bodyTooLarge(limit: limits.bodyBytes)
    }
    if length > limits.bodyBytes { stage = .overlong }
  }

  private func receiveBody(_ call: RequestCall) {
    if unsafe body.count + call.upload.count > core.limits.bodyBytes {
      swallowedBytes = body.count
      body = []
      stage = .overlong
    } else {
      unsafe body.append(contentsOf: call.upload)
    }
  }

  private func answer() -> MHD_Result {
    watch.beginAnswer()
    if wholeTarget.isEmpty, let result = answerByTarget() { return result }
    let whole = wholeTarget.isEmpty ? unsafe Array(target) : wholeTarget
    let response = unsafe core.application.respond(
      outcome.method, whole, headers: Headers(of: raw), body: body, id: id)
    return send(response)
  }

  /// Answers what was prepared for exactly this target; nil where nothing was.
  private func answerByTarget() -> MHD_Result? {
    let application = core.application
    switch outcome.method {
    case .get, .head:
      guard let prepared = unsafe application.lookup?(target.span, head) else { return nil }
      return send(prepared, head.knows(prepared) ? .notModified : .full)
    case .post:
      guard let responder = unsafe application.responder?(target.span, head),
        let bytes = responder.answer(body)
      else { return nil }
      return send(bytes, of: responder)
    case .put, .delete, .options, .other: return nil
    }
  }

  private func refuse(_ refusal: Refusal) -> MHD_Result {
    watch.beginAnswer()
    return send(core.application.respond(refusing: refusal, id: id))
  }
}
