import CPCRE2

/// What one match may take, and how it is run within that.
enum MatchAttempt {
  /// Steps of PCRE2, besides one for each byte of the text.
  static let stepLimit = 10_000_000
  /// Points to come back to, at one time.
  static let depthLimit = 1_000_000
  /// Memory for them, in KiB.
  static let heapLimit = 64 << 10

  /// PCRE2's result for code that other threads may be using too.
  static func run(_ code: OpaquePointer?, on text: String) -> Int32 {
    let data = unsafe pcre2_match_data_create_8(1, nil)
    let context = unsafe pcre2_match_context_create_8(nil)
    defer {
      unsafe pcre2_match_context_free_8(context)
      unsafe pcre2_match_data_free_8(data)
    }
    unsafe pcre2_set_match_limit_8(context, UInt32(clamping: stepLimit + text.utf8.count))
    unsafe pcre2_set_depth_limit_8(context, UInt32(depthLimit))
    unsafe pcre2_set_heap_limit_8(context, UInt32(heapLimit))
    var meter = Meter()
    var text = text
    return unsafe withUnsafeMutablePointer(to: &meter) { meter in
      unsafe pcre2_set_callout_8(context, { unsafe measure($0, $1) }, meter)
      return text.withUTF8 { bytes in
        unsafe pcre2_match_8(
          code, bytes.baseAddress, bytes.count, 0, PCRE2_NO_UTF_CHECK, data, context)
      }
    }
  }
}

/// Called by PCRE2 at each callout; a negative answer ends the match.
private func measure(
  _ block: UnsafeMutablePointer<pcre2_callout_block_8>?, _ meter: UnsafeMutableRawPointer?
) -> Int32 {
  guard let block = unsafe block?.pointee, let meter = unsafe meter else { return 0 }
  let passes = unsafe meter.assumingMemoryBound(to: Meter.self).pointee.passes(
    callout: Int(block.callout_number), at: block.current_position
  ) { group in
    guard unsafe group < block.capture_top else { return 0 }
    return unsafe block.offset_vector[2 * group + 1] - block.offset_vector[2 * group]
  }
  return passes ? 0 : PCRE2_ERROR_CALLOUT
}
