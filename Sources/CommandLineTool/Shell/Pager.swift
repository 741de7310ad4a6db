import Platform

/// Shows a long answer a screen at a time, to a person who has said with what.
enum Pager {
  /// Hands the answer over: through `$PAGER` where it is longer than the terminal is high.
  static func show(
    _ answer: [UInt8], _ console: Console, _ surroundings: Surroundings
  ) throws(PlatformError) {
    guard console.answers.isTerminal, let height = console.answers.height,
      answer.count(where: { $0 == UInt8(ascii: "\n") }) >= height,
      let pager = surroundings.variable("PAGER")
    else { return try console.answers.write(answer) }
    // A pager that cannot run must not cost the person the answer.
    if (try? page(answer, with: pager, surroundings)) != true {
      try console.answers.write(answer)
    }
  }

  private static func page(
    _ answer: [UInt8], with pager: String, _ surroundings: Surroundings
  ) throws(PlatformError) -> Bool {
    let folder = surroundings.variable("TMPDIR") ?? "/tmp"
    let path = "\(folder)/stet-\(Random.hex(8))"
    try FileSystem.create(path, answer, permissions: 0o600)
    // What is left in a folder for temporary files does no harm.
    defer { try? FileSystem.remove(path) }
    var environment = surroundings.environment
    environment["LESS"] = environment["LESS"] ?? "FRX"
    let command = Platform.Command(
      "/bin/sh", ["-c", "\(pager) \"$1\"", "stet", path], environment: environment)
    return try Subprocess.runAtTerminal(command).isSuccess
  }
}
