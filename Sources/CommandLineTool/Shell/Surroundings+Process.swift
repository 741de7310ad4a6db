import Notation
import Platform
import PromptRegistry

extension Tool {
  /// Does what this process was started for and returns its exit code.
  package static func runThisProcess() -> Int32 {
    let words = Environment.arguments()
    do throws(PlatformError) {
      try Environment.requireTexts()
      return run(words, in: try .ofThisProcess())
    } catch {
      let report = ErrorReport(.platform(error))
      let channel = Channel.to(.error, [:])
      channel.tell(report.shown(in: OutputForm(askedBy: words), channel) + "\n")
      return report.code.exitCode
    }
  }
}

extension Surroundings {
  /// Those of this process; throws where the working folder is gone.
  static func ofThisProcess() throws(PlatformError) -> Surroundings {
    let environment = Environment.variables()
    var surroundings = Surroundings(
      now: { Timestamp(seconds: Clock.now()) },
      random: { Random.bytes($0) },
      input: { (limit) throws(PlatformError) in try StandardStream.input.readAll(limit: limit) },
      answers: .to(.output, environment),
      talk: .to(.error, environment))
    surroundings.environment = environment
    surroundings.folder = try Environment.workingFolder()
    surroundings.login = { Environment.loginName() }
    return surroundings
  }
}

extension Channel {
  fileprivate static func to(_ stream: StandardStream, _ environment: [String: String]) -> Channel {
    let isTerminal = Terminal.isTerminal(stream)
    let wantsColour = environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
    return Channel(
      isTerminal: isTerminal, hasColour: isTerminal && wantsColour,
      width: Terminal.width(stream), height: Terminal.height(stream)
    ) { (bytes) throws(PlatformError) in try stream.write(bytes) }
  }
}
