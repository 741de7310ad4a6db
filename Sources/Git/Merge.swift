import CGit2

/// One text made of two that began as the same.
package struct MergedText: Hashable, Sendable {
  /// The lines of both; where both changed a line, both stand there between conflict marks.
  package let bytes: [UInt8]
  /// Whether there are conflict marks.
  package let hasConflicts: Bool
}

/// The three texts of a merge, and what conflict marks call the last two.
package struct Merge: Sendable {
  /// What both began as.
  package var base: [UInt8]
  /// The text that is listed first.
  package var ours: [UInt8]
  /// The text that is listed second.
  package var theirs: [UInt8]
  /// The word behind the opening mark.
  package var ourLabel: String
  /// The word behind the closing mark.
  package var theirLabel: String

  /// Three texts; the labels are what the marks of a conflict name the two sides.
  package init(
    base: [UInt8], ours: [UInt8], theirs: [UInt8], labels: (ours: String, theirs: String)
  ) {
    self.base = base
    self.ours = ours
    self.theirs = theirs
    ourLabel = labels.ours
    theirLabel = labels.theirs
  }

  /// Merges line by line, as git does.
  package func merged() throws(GitError) -> MergedText {
    try Library.start()
    var result = unsafe git_merge_file_result()
    defer { unsafe git_merge_file_result_free(&result) }
    let code = unsafe base.withUnsafeBytes { base in
      unsafe ours.withUnsafeBytes { ours in
        unsafe theirs.withUnsafeBytes { theirs in
          unsafe run(&result, base, ours, theirs)
        }
      }
    }
    try check("git_merge_file", theirLabel, code)
    let bytes = unsafe UnsafeRawBufferPointer(start: result.ptr, count: result.len)
    return MergedText(bytes: unsafe Array(bytes), hasConflicts: unsafe result.automergeable == 0)
  }

  private func run(
    _ result: inout git_merge_file_result, _ base: UnsafeRawBufferPointer,
    _ ours: UnsafeRawBufferPointer, _ theirs: UnsafeRawBufferPointer
  ) -> Int32 {
    unsafe ourLabel.withCString { ourLabel in
      unsafe theirLabel.withCString { theirLabel in
        var options = unsafe git_merge_file_options()
        let code = unsafe git_merge_file_options_init(
          &options, UInt32(GIT_MERGE_FILE_OPTIONS_VERSION))
        if code < 0 { return code }
        unsafe options.our_label = ourLabel
        unsafe options.their_label = theirLabel
        var (first, second, third) = unsafe (input(base), input(ours), input(theirs))
        return unsafe git_merge_file(&result, &first, &second, &third, &options)
      }
    }
  }

  private func input(_ bytes: UnsafeRawBufferPointer) -> git_merge_file_input {
    var input = unsafe git_merge_file_input()
    unsafe input.version = UInt32(GIT_MERGE_FILE_INPUT_VERSION)
    unsafe input.ptr = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
    unsafe input.size = bytes.count
    return unsafe input
  }
}
