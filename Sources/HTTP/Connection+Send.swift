import CMicroHTTP
import Platform

extension Connection {
  /// Which of a prepared answer's two forms is sent.
  enum PreparedForm { case full, notModified }

  /// Queues an answer that was made before; nothing of it is copied.
  func send(_ prepared: Prepared, _ form: PreparedForm) -> MHD_Result {
    prepared.tally.add()
    outcome.route = prepared.route
    if form == .full, outcome.method != .head { outcome.sentBytes = prepared.bytes.count }
    if context.isClosing { return sendLast(prepared, form) }
    switch form {
    case .full: return unsafe MHD_queue_response(raw, 200, prepared.full.raw)
    case .notModified: return unsafe MHD_queue_response(raw, 304, prepared.notModified.raw)
    }
  }

  /// Queues what a responder made for this request.
  func send(_ bytes: [UInt8], of responder: Responder) -> MHD_Result {
    outcome.route = responder.route
    outcome.sentBytes = bytes.count
    let body = PinnedBytes(bytes)
    guard context.isClosing else { return queue(200, ResponseHandle(responder.headerTexts, body)) }
    return queue(200, ResponseHandle(lastHeaders(responder.headers), body))
  }

  /// Queues an answer that was made for this request.
  func send(_ response: Response) -> MHD_Result {
    outcome.route = response.route
    switch response.body {
    case .prepared(let prepared):
      return send(prepared, .full)
    case .bytes(let bytes):
      if outcome.method != .head { outcome.sentBytes = bytes.count }
      return queue(
        response.status, ResponseHandle(lastHeaders(response.headers), PinnedBytes(bytes)))
    case .events(let stream):
      return send(stream, response)
    }
  }

  private func send(_ stream: EventStream, _ response: Response) -> MHD_Result {
    if outcome.method == .head {
      stream.detach()
      return queue(response.status, ResponseHandle(response.headers, PinnedBytes([])))
    }
    if let refusal = core.admitStream() {
      stream.detach()
      return send(core.application.respond(refusing: refusal, id: id))
    }
    let socket = watch.socket
    // Without this the system holds megabytes for a reader who has stopped reading.
    try? Sockets.limitSendBuffer(socket, bytes: EventStream.sendBuffer)
    stream.attach(to: watch)
    watch.beginStream()
    outcome.stream = stream
    context.began(stream)
    let reader = EventReader(stream, unsafe SuspendedConnection(raw: raw))
    return queue(response.status, ResponseHandle(response.headers, reader))
  }

  /// A prepared answer that also says that the connection ends.
  private func sendLast(_ prepared: Prepared, _ form: PreparedForm) -> MHD_Result {
    switch form {
    case .full:
      queue(200, ResponseHandle(lastHeaders(prepared.headers), prepared.bytes))
    case .notModified:
      queue(304, ResponseHandle(lastHeaders(prepared.headers.forNotModified), PinnedBytes([])))
    }
  }

  private func lastHeaders(_ headers: Headers) -> Headers {
    guard context.isClosing else { return headers }
    var headers = headers
    headers["Connection"] = "close"
    return headers
  }

  private func queue(_ status: Int, _ handle: borrowing ResponseHandle) -> MHD_Result {
    unsafe MHD_queue_response(raw, UInt32(status), handle.raw)
  }
}
