import Contracts
import Keys
import Notation
import PromptReading
import PromptRegistry

/// A service that answers for a registry, over HTTP.
///
/// Nothing it says of digests is believed: they are computed from the bytes that it sent.
struct ServiceSource: PinSource {
  private let service: ServiceURL
  private let client: WebClient
  var url: String? { service.text }

  init(_ service: ServiceURL, _ session: Session) throws(CommandError) {
    self.service = service
    client = try WebClient(service, session)
  }

  func standing() throws(CommandError) -> RegistryStanding {
    let answer = try object("/v1/registry").map
    guard let id = answer["id"]?.string.flatMap({ Digest($0) }),
      let entry = answer["entry"]?.integer
    else { throw notUnderstood }
    return RegistryStanding(id: id, entry: entry)
  }

  func version(_ reference: Reference) throws(CommandError) -> FoundVersion {
    let (answer, headers) = try object("/v1/prompts/\(WebClient.encoded("\(reference)"))")
    guard answer["name"]?.string == reference.name.text,
      let version = answer["version"]?.string.flatMap({ SemanticVersion($0) }),
      let source = answer["source"]?.string, let listed = answer["includes"]?.list
    else { throw notUnderstood }
    var includes: [Pin.Include] = []
    var sources: [String: [UInt8]] = [:]
    for value in listed {
      guard let name = value["name"]?.string.flatMap(Self.partial),
        let version = value["version"]?.string.flatMap({ SemanticVersion($0) }),
        let source = value["source"]?.string
      else { throw notUnderstood }
      sources[name.text] = Array(source.utf8)
      includes.append(
        Pin.Include(name: name.text, version: version, digest: Digest(of: source)))
    }
    let text = PinnedText(source: Array(source.utf8), includes: sources)
    let found = PinnedVersion(
      name: reference.name.text, version: version, text, includes: includes)
    guard answer["digest"]?.string == found.digest.description else {
      throw .pinning(.otherBytes(reference, expected: answer["digest"]?.string ?? "", found.digest))
    }
    return FoundVersion(
      version: found, text: text, inputs: InputNames.names(in: answer["contract"]?["input"]),
      caution: Self.caution(headers))
  }

  private static func caution(_ headers: [String: String]) -> Caution? {
    if let why = headers["stet-yanked"] { return .yanked(why: WebClient.decoded(why)) }
    return headers["stet-retired"] == nil ? nil : .retired
  }

  private func object(
    _ path: String
  ) throws(CommandError) -> (map: ValueMap, headers: [String: String]) {
    let answer = try client.get(path)
    guard answer.status != 401 else {
      throw .pinning(
        client.sendsToken ? .tokenRefused(service.text) : .tokenNeeded(service.text))
    }
    // What is no JSON is answered for below, like any other text that is no answer of ours.
    guard case .map(let map)? = try? JSON.parse(answer.body) else { throw notUnderstood }
    guard answer.status == 200 else {
      guard let code = map["code"]?.string.flatMap(ErrorCode.init(rawValue:)),
        let detail = map["detail"]?.string
      else { throw notUnderstood }
      throw .pinning(.refused(code, detail, hint: map["hint"]?.string))
    }
    return (map, answer.headers)
  }

  private var notUnderstood: CommandError { .pinning(.notAService(service.text)) }

  private static func partial(_ text: String) -> PromptName? {
    // A name that is none is answered for by the caller.
    (try? PromptName(text)).flatMap { $0.isPartial ? $0 : nil }
  }
}
