import CFYAML

/// What libfyaml found next, copied out of it.
enum YAMLEvent {
  case documentStart(offset: Int)
  case mapStart(CollectionStyle, offset: Int)
  case listStart(CollectionStyle, offset: Int)
  case collectionEnd
  case scalar(String, ScalarStyle, offset: Int)
  case streamEnd
}

/// Sole owner of one libfyaml parser and its diagnostics, over bytes that outlive it.
///
/// It refuses what lies outside the portable subset as it comes by: anchors, aliases and tags.
@safe struct YAMLParser: ~Copyable {
  private let parser: OpaquePointer
  private let diagnostics: OpaquePointer
  private let source: UnsafeBufferPointer<UInt8>
  private var lastEnd = 0

  init(_ source: UnsafeBufferPointer<UInt8>) {
    unsafe self.source = source
    unsafe diagnostics = Self.makeDiagnostics()
    unsafe parser = Self.makeParser(reportingTo: diagnostics)
    let status = unsafe source.withMemoryRebound(to: CChar.self) {
      unsafe fy_parser_set_string(parser, $0.baseAddress, $0.count)
    }
    precondition(status == 0, "fy_parser_set_string failed on bytes in memory")
  }

  deinit {
    unsafe fy_parser_destroy(parser)
    unsafe fy_diag_destroy(diagnostics)
  }

  /// The next event that matters to a reader of one document.
  mutating func next() throws(Fault) -> YAMLEvent {
    while let event = unsafe fy_parser_parse(parser) {
      defer { unsafe fy_parser_event_free(parser, event) }
      if let translated = try unsafe translate(event) { return translated }
    }
    if let fault { throw fault }
    return .streamEnd
  }
}

// MARK: - Making

extension YAMLParser {
  /// Errors are collected; nothing is ever printed.
  private static func makeDiagnostics() -> OpaquePointer {
    var configuration = unsafe fy_diag_cfg()
    unsafe fy_diag_cfg_default(&configuration)
    unsafe configuration.fp = nil
    guard let diagnostics = unsafe fy_diag_create(&configuration) else {
      preconditionFailure("fy_diag_create made nothing")
    }
    unsafe fy_diag_set_collect_errors(diagnostics, true)
    return unsafe diagnostics
  }

  private static func makeParser(reportingTo diagnostics: OpaquePointer) -> OpaquePointer {
    var configuration = unsafe fy_parse_cfg()
    unsafe configuration.diag = diagnostics
    unsafe configuration.flags = fy_parse_cfg_flags(
      rawValue: FYPCF_QUIET.rawValue | FYPCF_DEFAULT_VERSION_1_2.rawValue)
    guard let parser = unsafe fy_parser_create(&configuration) else {
      preconditionFailure("fy_parser_create made nothing")
    }
    return unsafe parser
  }
}

// MARK: - Translating

extension YAMLParser {
  private typealias Event = UnsafeMutablePointer<fy_event>

  private mutating func translate(_ event: Event) throws(Fault) -> YAMLEvent? {
    let style = unsafe fy_event_get_node_style(event)
    let start = unsafe offset(of: fy_event_start_mark(event))
    defer { unsafe lastEnd = max(lastEnd, offset(of: fy_event_end_mark(event))) }
    switch unsafe event.pointee.type {
    case FYET_DOCUMENT_START: return .documentStart(offset: start)
    case FYET_STREAM_END: return .streamEnd
    case FYET_MAPPING_END, FYET_SEQUENCE_END: return .collectionEnd
    case FYET_MAPPING_START:
      try unsafe refuseProperties(of: event)
      return .mapStart(style == FYNS_FLOW ? .flow : .block, offset: start)
    case FYET_SEQUENCE_START:
      try unsafe refuseProperties(of: event)
      return .listStart(style == FYNS_FLOW ? .flow : .block, offset: start)
    case FYET_SCALAR:
      try unsafe refuseProperties(of: event)
      return unsafe scalar(text(of: fy_event_get_token(event)), style, contentStart: start)
    case FYET_ALIAS:
      throw unsafe Fault(.alias(text(of: fy_event_get_token(event))), at: start - 1)
    default: return nil
    }
  }

  /// libfyaml places a quoted scalar behind its quote.
  private func scalar(_ text: String, _ style: fy_node_style, contentStart: Int) -> YAMLEvent {
    switch style {
    case FYNS_SINGLE_QUOTED, FYNS_DOUBLE_QUOTED:
      .scalar(text, .quoted, offset: contentStart - 1)
    case FYNS_LITERAL, FYNS_FOLDED: .scalar(text, .block, offset: contentStart)
    default: .scalar(text, .plain, offset: contentStart)
    }
  }

  private func refuseProperties(of event: Event) throws(Fault) {
    if let tag = unsafe fy_event_get_tag_token(event) {
      let start = unsafe offset(of: fy_token_start_mark(tag))
      let end = unsafe offset(of: fy_token_end_mark(tag))
      let written = unsafe UnsafeBufferPointer(rebasing: source[start..<max(start, end)])
      throw unsafe Fault(.tag(String(decoding: written, as: UTF8.self)), at: start)
    }
    if let anchor = unsafe fy_event_get_anchor_token(event) {
      let start = unsafe offset(of: fy_token_start_mark(anchor)) - 1
      throw unsafe Fault(.anchor(text(of: anchor)), at: start)
    }
  }

  /// An event without a place of its own, such as a missing value, stands behind the one before.
  private func offset(of mark: UnsafePointer<fy_mark>?) -> Int {
    guard let mark = unsafe mark else { return lastEnd }
    return unsafe min(mark.pointee.input_pos, source.count)
  }

  private func text(of token: OpaquePointer?) -> String {
    var count = 0
    guard let token = unsafe token, let start = unsafe fy_token_get_text(token, &count) else {
      return ""
    }
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: count)
    return unsafe String(decoding: bytes, as: UTF8.self)
  }

  /// What libfyaml complained of first; warnings are of no account, and a few errors are silent.
  private var fault: Fault? {
    guard unsafe fy_parser_get_stream_error(parser) else { return nil }
    var iterator: UnsafeMutableRawPointer?
    while let error = unsafe fy_diag_errors_iterate(diagnostics, &iterator) {
      guard unsafe error.pointee.type == FYET_ERROR, let message = unsafe error.pointee.msg else {
        continue
      }
      let start = unsafe error.pointee.fyt.map { unsafe offset(of: fy_token_start_mark($0)) }
      return unsafe Fault(.syntax(String(cString: message)), at: start ?? lastEnd)
    }
    return Fault(.syntax("the text is not YAML from here on"), at: lastEnd)
  }
}
