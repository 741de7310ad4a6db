import CPCRE2

/// Sole owner of one compiled expression.
///
/// It is kept as an address because PCRE2 never writes to compiled code: threads may share it.
final class CompiledCode: Sendable {
  private let address: UInt

  init(_ translation: Translation) throws(PatternError) {
    let plain = try unsafe Self.compile(translation.text)
    guard translation.branches, unsafe !Self.isAnchored(plain) else {
      address = UInt(bitPattern: plain)
      return
    }
    unsafe pcre2_code_free_8(plain)
    // Each start would be allowed all steps anew, so the search for one becomes part of the match.
    let search = try unsafe Self.compile("\\A(?s:.)*?(?:\(translation.text))")
    address = UInt(bitPattern: search)
  }

  deinit { unsafe pcre2_code_free_8(OpaquePointer(bitPattern: address)) }

  func matches(_ text: String) throws(PatternError) -> Bool {
    let status = unsafe MatchAttempt.run(OpaquePointer(bitPattern: address), on: text)
    switch status {
    case 0...: return true
    case PCRE2_ERROR_NOMATCH: return false
    case PCRE2_ERROR_MATCHLIMIT: throw .tooCostly(.steps(MatchAttempt.stepLimit))
    case PCRE2_ERROR_DEPTHLIMIT: throw .tooCostly(.depth(MatchAttempt.depthLimit))
    case PCRE2_ERROR_HEAPLIMIT: throw .tooCostly(.kibibytes(MatchAttempt.heapLimit))
    case PCRE2_ERROR_CALLOUT: throw .tooCostly(.scannedBytes(Meter.scanLimit))
    default: preconditionFailure("pcre2_match failed on valid UTF-8: \(Self.message(status))")
    }
  }
}

extension CompiledCode {
  private static func compile(_ text: String) throws(PatternError) -> OpaquePointer {
    var text = text
    var status: Int32 = 0
    var offset = 0
    let code = text.withUTF8 {
      unsafe pcre2_compile_8(
        $0.baseAddress, $0.count, PCRE2_UTF | PCRE2_MATCH_UNSET_BACKREF | PCRE2_NEVER_BACKSLASH_C,
        &status, &offset, nil)
    }
    guard let code = unsafe code else { throw .unsupported(message(status)) }
    return unsafe code
  }

  private static func isAnchored(_ code: OpaquePointer) -> Bool {
    var options: UInt32 = 0
    unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_ALLOPTIONS), &options)
    return options & PCRE2_ANCHORED != 0
  }

  private static func message(_ status: Int32) -> String {
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { buffer in
      let count = unsafe pcre2_get_error_message_8(status, buffer.baseAddress, buffer.count)
      return unsafe String(decoding: buffer.prefix(Int(max(count, 0))), as: UTF8.self)
    }
  }
}
