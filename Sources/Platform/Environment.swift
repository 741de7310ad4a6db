@unsafe @preconcurrency import Glibc

/// Who runs this process, where, and with which variables: read here and nowhere else.
package enum Environment {
  /// All variables; of a name that comes twice the first counts, as for `getenv`.
  package static func variables() -> [String: String] {
    var variables: [String: String] = [:]
    var next = unsafe environ
    while let entry = unsafe next.pointee {
      let text = unsafe String(cString: entry)
      if let sign = text.utf8.firstIndex(of: UInt8(ascii: "=")) {
        let name = String(text[..<sign])
        if variables[name] == nil {
          variables[name] = String(text[text.utf8.index(after: sign)...])
        }
      }
      unsafe next = next.successor()
    }
    return variables
  }

  /// The folder that relative paths start from.
  package static func workingFolder() throws(PlatformError) -> String {
    guard let path = unsafe getcwd(nil, 0) else { throw .of("getcwd", ".") }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }

  /// The words after the program's name.
  package static func arguments() -> [String] { Array(CommandLine.arguments.dropFirst()) }

  /// Refuses a word after the program's name that is no UTF-8: what `arguments` has in the place of
  /// its bytes says something else.
  package static func requireTexts() throws(PlatformError) {
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let word = unsafe CommandLine.unsafeArgv[index] else { return }
      guard unsafe String(validatingCString: word) != nil else {
        throw .notText(subject: unsafe String(cString: word))
      }
    }
  }

  /// The file of the program that runs, wherever it was called from.
  package static func executablePath() throws(PlatformError) -> String {
    try FileSystem.realPath("/proc/self/exe")
  }

  /// The login name of the effective user in `/etc/passwd`; nil where he is not in it.
  package static func loginName() -> String? { account()?.first.map(String.init) }

  /// The home folder of the effective user in `/etc/passwd`, whatever `HOME` says.
  package static func homeFolder() -> String? { account().map { String($0[5]) } }

  /// The number of the effective user.
  package static func userNumber() -> UInt32 { geteuid() }

  /// The number of this process.
  package static func processNumber() -> Int32 { getpid() }

  /// The longest list of users that is read, in bytes.
  private static let accountsLimit = 16 << 20

  /// The fields of this user's line. Read by ourselves: the system's own call loads the libraries
  /// of every source of users, which a program without shared libraries cannot.
  private static func account() -> [Substring]? {
    // Without the list nothing is known of him, which is what nil says.
    guard let bytes = try? FileSystem.read("/etc/passwd", limit: accountsLimit) else { return nil }
    let user = "\(geteuid())"
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").lazy
      .map { $0.split(separator: ":", omittingEmptySubsequences: false) }
      .first { $0.count == 7 && $0[2] == user }
  }
}
