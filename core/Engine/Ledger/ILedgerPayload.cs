using System.Text.Json;

namespace FuturesBot.Engine.Ledger;

/// <summary>
/// What a line says, written as properties of the line's own object. <c>seq</c>, <c>prev</c>, <c>kind</c>
/// and <c>hash</c> are taken.
/// </summary>
public interface ILedgerPayload
{
    void WriteTo(Utf8JsonWriter json);
}
