import Foundation

/// Another program, run to the end: tests hold what it says beside what we say.
public struct Program: Sendable {
  /// What a run left behind.
  public struct Outcome: Sendable {
    public let status: Int32
    public let output: [UInt8]
    public let errors: String
    public var text: String { String(decoding: output, as: UTF8.self) }
    public var succeeded: Bool { status == 0 }
  }

  private let name: String
  private let folder: String?

  /// The program of this name in the search path, started in the given folder.
  public init(_ name: String, in folder: String? = nil) {
    self.name = name
    self.folder = folder
  }

  /// Runs with a small fixed environment, so that nobody's git or SSH settings take part.
  public func run(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:]
  ) throws -> Outcome {
    let scratch = try TemporaryFolder()
    let files = ["in", "out", "err"].map { scratch.url.appendingPathComponent($0) }
    try Data(input).write(to: files[0])
    for file in files.dropFirst() { try Data().write(to: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [name] + arguments
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "HOME": scratch.path, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C",
    ].merging(environment) { $1 }
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    // Looks twenty times a second. Whoever waits for a handler instead leaves files open.
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: Array(try Data(contentsOf: files[1])),
      errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
  }
}
