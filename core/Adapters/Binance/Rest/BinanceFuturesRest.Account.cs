using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance.Rest;

public sealed partial class BinanceFuturesRest
{
    public Task<AccountState> AccountAsync(RequestLane lane = RequestLane.Reconcile, CancellationToken cancel = default) =>
        AskAsync(Endpoints.Account, RequestForm.Empty, lane, AccountAnswers.Account, cancel);

    public Task<IReadOnlyList<AssetBalance>> BalancesAsync(RequestLane lane = RequestLane.Reconcile, CancellationToken cancel = default) =>
        ListAsync(Endpoints.Balance, RequestForm.Empty, lane, AccountAnswers.Balance, cancel);

    /// <summary>Positions that are open or have open orders.</summary>
    public Task<IReadOnlyList<PositionState>> PositionsAsync(
        Symbol? symbol = null, RequestLane lane = RequestLane.Reconcile, CancellationToken cancel = default) =>
        ListAsync(
            Endpoints.PositionRisk, Of(symbol), lane,
            row => Checked(AccountAnswers.Position(row), position => position.Symbol, symbol), cancel);

    public Task<AccountConfig> AccountConfigAsync(RequestLane lane = RequestLane.Reconcile, CancellationToken cancel = default) =>
        AskAsync(Endpoints.AccountConfig, RequestForm.Empty, lane, AccountAnswers.Config, cancel);

    /// <summary>Margin type and leverage, of one symbol or of all.</summary>
    public Task<IReadOnlyList<SymbolSettings>> SymbolSettingsAsync(
        Symbol? symbol = null, RequestLane lane = RequestLane.Reconcile, CancellationToken cancel = default) =>
        ListAsync(
            Endpoints.SymbolConfig, Of(symbol), lane,
            row => Checked(AccountAnswers.Settings(row), settings => settings.Symbol, symbol), cancel);

    /// <summary>Weight 20.</summary>
    public Task<FeeRates> FeeRatesAsync(Symbol symbol, RequestLane lane = RequestLane.Reconcile, CancellationToken cancel = default) =>
        AskAsync(Endpoints.CommissionRate, Of(symbol), lane, root => Checked(AccountAnswers.Fees(root), fees => fees.Symbol, symbol), cancel);

    /// <summary>The leverage table of a symbol.</summary>
    public Task<LeverageSteps> LeverageStepsAsync(Symbol symbol, RequestLane lane = RequestLane.Reconcile, CancellationToken cancel = default) =>
        AskAsync(
            Endpoints.LeverageBracket, Of(symbol), lane,
            root =>
            {
                // One symbol comes as a list of one, or alone.
                var all = root.ValueKind == System.Text.Json.JsonValueKind.Array ? [.. root.EnumerateArray()] : new[] { root };
                return all.Select(AccountAnswers.Brackets).FirstOrDefault(steps => steps.Symbol == symbol)
                    ?? throw new MalformedException($"the answer has no table of {symbol}");
            },
            cancel);

    /// <summary>Movements of the account, weight 30; three months at most.</summary>
    /// <param name="symbol">Null for all.</param>
    /// <param name="type">Such as <c>FUNDING_FEE</c>; null for all.</param>
    /// <param name="fromMs">UTC, Unix milliseconds.</param>
    /// <param name="toMs">UTC, Unix milliseconds, left out itself.</param>
    /// <param name="limit">1–1000.</param>
    /// <param name="page">From 1; null for the first.</param>
    /// <param name="lane">Who goes first.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<IReadOnlyList<IncomeEntry>> IncomeAsync(
        Symbol? symbol, string? type, long? fromMs, long? toMs, int limit, int? page = null,
        RequestLane lane = RequestLane.Reconcile, CancellationToken cancel = default) =>
        ListAsync(
            Endpoints.Income, Range(Of(symbol).Add("incomeType", type).Add("page", page), fromMs, toMs, limit, most: 1_000), lane,
            AccountAnswers.Income, cancel);

    /// <summary>Our fills, weight 5; at most 7 days between the times, three months back.</summary>
    /// <param name="symbol">Of what.</param>
    /// <param name="orderId">Of this order only.</param>
    /// <param name="fromId">From this trade on; without times.</param>
    /// <param name="fromMs">UTC, Unix milliseconds.</param>
    /// <param name="toMs">UTC, Unix milliseconds, left out itself.</param>
    /// <param name="limit">1–1000.</param>
    /// <param name="lane">Who goes first.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<IReadOnlyList<UserTrade>> UserTradesAsync(
        Symbol symbol, long? orderId, long? fromId, long? fromMs, long? toMs, int limit,
        RequestLane lane = RequestLane.Reconcile, CancellationToken cancel = default) =>
        ListAsync(
            Endpoints.UserTrades, Range(Of(symbol).Add("orderId", orderId).Add("fromId", fromId), fromMs, toMs, limit, most: 1_000), lane,
            row => Checked(OrderAnswers.Trade(row), trade => trade.Symbol, symbol), cancel);

    /// <summary>True in hedge mode; weight 30.</summary>
    public Task<bool> HedgeModeAsync(RequestLane lane = RequestLane.Reconcile, CancellationToken cancel = default) =>
        AskAsync(Endpoints.PositionMode, RequestForm.Empty, lane, root => root.Flag("dualSidePosition"), cancel);

    /// <summary>Done as well when it was so already. Refused while orders or positions are open (−4067, −4068).</summary>
    public Task SetHedgeModeAsync(bool hedge, RequestLane lane = RequestLane.Reconcile, CancellationToken cancel = default) =>
        SetAsync(Endpoints.SetPositionMode, new RequestForm().Add("dualSidePosition", hedge), lane, cancel);

    /// <summary>Done as well when it was so already.</summary>
    public Task SetMarginTypeAsync(Symbol symbol, MarginType type, RequestLane lane = RequestLane.Entry, CancellationToken cancel = default) =>
        SetAsync(Endpoints.SetMarginType, Of(symbol).Add("marginType", WireName.Of(type)), lane, cancel);

    /// <param name="symbol">Of what.</param>
    /// <param name="leverage">1–125.</param>
    /// <param name="lane">Who goes first.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<LeverageSetting> SetLeverageAsync(Symbol symbol, int leverage, RequestLane lane = RequestLane.Entry, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(leverage, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(leverage, 125);
        return AskAsync(
            Endpoints.SetLeverage, Of(symbol).Add("leverage", leverage), lane,
            root => Checked(AccountAnswers.Leverage(root), setting => setting.Symbol, symbol), cancel);
    }

    /// <summary>
    /// Dead man's switch: cancels the symbol's regular orders when it is not set again in time; zero turns it off.
    /// Whether it touches algo orders is not known (spec 2.12).
    /// </summary>
    public Task<Countdown> CountdownCancelAllAsync(
        Symbol symbol, TimeSpan time, RequestLane lane = RequestLane.Protective, CancellationToken cancel = default) =>
        AskAsync(
            Endpoints.CountdownCancelAll, Of(symbol).Add("countdownTime", (long)time.TotalMilliseconds), lane,
            root => Checked(AccountAnswers.Countdown(root), countdown => countdown.Symbol, symbol), cancel);

    public Task<Secret> CreateListenKeyAsync(CancellationToken cancel = default) =>
        AskAsync(
            Endpoints.CreateListenKey, RequestForm.Empty, RequestLane.Reconcile,
            root =>
            {
                var key = Secret.From(root.Text("listenKey")) ?? throw new MalformedException("'listenKey' is empty");
                _parts.Redactor.HideForNow(key);
                return key;
            },
            cancel);

    public async Task<bool> KeepListenKeyAliveAsync(Secret listenKey, CancellationToken cancel = default) =>
        await TouchAsync(Endpoints.KeepListenKey, listenKey, cancel);

    public Task CloseListenKeyAsync(Secret listenKey, CancellationToken cancel = default) =>
        TouchAsync(Endpoints.CloseListenKey, listenKey, cancel);

    /// <summary>
    /// What the keys may do. The futures account tells what the account may; only the spot host tells what the key may,
    /// so without it withdrawals stay unknown.
    /// </summary>
    /// <exception cref="ExchangeException">The exchange cannot be asked, for another reason than the keys.</exception>
    public async Task<KeyPermissions> KeyPermissionsAsync(CancellationToken cancel = default)
    {
        var findings = new List<string>();
        AccountConfig account;
        try
        {
            account = await AccountConfigAsync(RequestLane.Reconcile, cancel);
        }
        catch (ExchangeException e) when (e.Fault == ExchangeFault.Forbidden && e.Code is not null)
        {
            return new(CanReadFutures: false, null, null, null, [e.Message]);
        }

        if (_parts.Addresses.Spot is null)
        {
            findings.Add("This exchange does not tell whether the key may withdraw");
            return new(CanReadFutures: true, account.CanTrade, CanWithdraw: null, IpRestricted: null, findings);
        }

        try
        {
            var form = RequestForm.Empty;
            return await AskAsync(Endpoints.ApiRestrictions, form, RequestLane.Reconcile, root => new KeyPermissions(
                CanReadFutures: true,
                root.Flag("enableFutures") && account.CanTrade,
                root.Flag("enableWithdrawals"),
                root.FlagOrNull("ipRestrict"),
                [.. Transfers(root.FlagOrNull("enableInternalTransfer"), root.FlagOrNull("permitsUniversalTransfer"))]), cancel);
        }
        catch (ExchangeException e)
        {
            findings.Add($"Whether the key may withdraw could not be read: {e.Message}");
            return new(CanReadFutures: true, account.CanTrade, CanWithdraw: null, IpRestricted: null, findings);
        }
    }

    private static IEnumerable<string> Transfers(bool? within, bool? universal)
    {
        if (within is true) yield return "The key may move money between main and sub accounts; the bot needs that not";
        if (universal is true) yield return "The key may move money between the accounts of this user; the bot needs that not";
    }

    // False when the key is gone.
    private async Task<bool> TouchAsync(Endpoint endpoint, Secret listenKey, CancellationToken cancel)
    {
        _parts.Redactor.HideForNow(listenKey);
        var result = await _pipe.SendAsync(endpoint, new RequestForm().Add("listenKey", listenKey.Reveal()), RequestLane.Reconcile, cancel);
        if (result is not RestResult.Failed { Error: var error }) return true;
        return error.Rule.Advice == ErrorAdvice.RenewListenKey ? false : throw error.ToException();
    }
}
