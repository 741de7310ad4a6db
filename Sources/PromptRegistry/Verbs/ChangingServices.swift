package import Keys

extension State {
  /// Enrols one more token of a service; the ledger gets its digest only.
  package func addingService(
    _ name: ServiceName, _ grant: Grant, hash: Digest, _ pen: Pen
  ) throws(RegistryError) -> Plan<Int> {
    try require(pen, .service)
    for environment in grant.environments { _ = try requireEnvironment(environment) }
    var record = try services()
    guard record.services.map(\.tokens.count).reduce(0, +) < ServicesRecord.tokenLimit else {
      throw .limit("tokens of services", ServicesRecord.tokenLimit)
    }
    let token = EnrolledToken(entry: pen.entry, grant: grant, hash: hash)
    if let place = record.services.firstIndex(where: { $0.name == name }) {
      record.services[place].tokens.append(token)
    } else {
      record.services.append(EnrolledService(name: name, tokens: [token]))
      record.services.sort { $0.name < $1.name }
    }
    return Plan(
      .service, text: "add a token of \(name)", edits: [.services: record.bytes],
      answer: pen.entry)
  }

  /// Takes away one token of a service, or all of them where no entry is named.
  package func revokingService(
    _ name: ServiceName, tokenOf entry: Int?, _ pen: Pen
  ) throws(RegistryError) -> Plan<Int> {
    try require(pen, .service)
    var record = try services()
    guard let place = record.services.firstIndex(where: { $0.name == name }) else {
      throw .unknownService(name)
    }
    let kept = entry.map { entry in
      record.services[place].tokens.filter { $0.entry != entry }
    }
    if let entry, kept?.count == record.services[place].tokens.count {
      throw .unknownEntry(entry.description, newest: self.entry)
    }
    record.services[place].tokens = kept ?? []
    if record.services[place].tokens.isEmpty { record.services.remove(at: place) }
    return Plan(
      .service, text: "revoke \(entry.map { "token \($0)" } ?? "every token") of \(name)",
      edits: [.services: record.bytes], answer: pen.entry)
  }
}
