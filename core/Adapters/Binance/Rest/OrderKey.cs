namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>Which order: by the exchange's id or by ours.</summary>
public readonly record struct OrderKey
{
    private OrderKey(long? id, string? clientId) => (Id, ClientId) = (id, clientId);

    public long? Id { get; }

    public string? ClientId { get; }

    public static OrderKey Of(long id) => new(id, clientId: null);

    public static OrderKey Of(string clientId) => new(id: null, Rest.ClientId.Check(clientId));

    public override string ToString() => ClientId ?? $"{Id}";
}
