import CGit2

/// Sole owner of one libgit2 object; it cannot be copied, so it is freed exactly once.
@safe struct Handle: ~Copyable {
  typealias Free = @convention(c) (OpaquePointer?) -> Void

  let raw: OpaquePointer
  private let free: Free

  init(
    _ call: StaticString, _ subject: @autoclosure () -> String, free: Free,
    make: (UnsafeMutablePointer<OpaquePointer?>) -> Int32
  ) throws(GitError) {
    var made: OpaquePointer?
    let code = unsafe make(&made)
    if code < 0 { throw failure(call, subject(), code) }
    guard let made = unsafe made else { preconditionFailure("\(call) succeeded and made nothing") }
    unsafe raw = made
    unsafe self.free = free
  }

  deinit { unsafe free(raw) }
}
