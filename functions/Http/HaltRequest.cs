namespace FuturesBot.Functions.Http;

/// <summary>Whether new entries are halted.</summary>
/// <param name="Halted">True: no new signal may begin; false: they may again.</param>
public sealed record HaltRequest(bool Halted);
