using FuturesBot.Simulator.Wire;

namespace FuturesBot.Simulator.Trading;

/// <summary>The exchange's refusals of orders, with its codes and words.</summary>
internal static class Refusals
{
    public static Refusal PrecisionTooFine { get; } =
        new(-1111, "Precision is over the maximum defined for this asset.");

    public static Refusal WrongTimeInForce { get; } = new(-1115, "Invalid timeInForce.");

    public static Refusal WrongOrderType { get; } = new(-1116, "Invalid orderType.");

    public static Refusal WrongSide { get; } = new(-1117, "Invalid side.");

    public static Refusal WrongResponseType { get; } = new(-1136, "Invalid newOrderRespType.");

    public static Refusal UnknownToCancel { get; } = new(-2011, "Unknown order sent.");

    public static Refusal UnknownOrder { get; } = new(-2013, "Order does not exist.");

    public static Refusal MarginInsufficient { get; } = new(-2019, "Margin is insufficient.");

    public static Refusal WouldTrigger { get; } = new(-2021, "Order would immediately trigger.");

    public static Refusal ReduceOnlyRejected { get; } = new(-2022, "ReduceOnly Order is rejected.");

    public static Refusal TooManyOrders { get; } = new(-2025, "Reach max open order limit.");

    public static Refusal LeverageTooSmall { get; } =
        new(-2028, "Leverage is smaller than permitted: insufficient margin balance.");

    public static Refusal PriceNotAboveZero { get; } = new(-4001, "Price less than 0.");

    public static Refusal PriceAboveMax { get; } = new(-4002, "Price greater than max price.");

    public static Refusal QuantityNotAboveZero { get; } = new(-4003, "Quantity less than or equal to zero.");

    public static Refusal QuantityBelowMin { get; } = new(-4004, "Quantity less than min quantity.");

    public static Refusal QuantityAboveMax { get; } = new(-4005, "Quantity greater than max quantity.");

    public static Refusal StopPriceNotAboveZero { get; } = new(-4006, "Stop price less than zero.");

    public static Refusal StopPriceAboveMax { get; } = new(-4007, "Stop price greater than max price.");

    public static Refusal PriceBelowMin { get; } = new(-4013, "Price less than min price.");

    public static Refusal PriceOffTick { get; } = new(-4014, "Price not increased by tick size.");

    public static Refusal WrongClientId { get; } = new(-4015, "Client order id is not valid.");

    public static Refusal QuantityOffStep { get; } = new(-4023, "Qty not increased by step size.");

    public static Refusal WrongWorkingType { get; } = new(-4031, "Invalid parameter working type.");

    public static Refusal TooManyAlgoOrders { get; } = new(-4045, "Reach max stop order limit.");

    public static Refusal SameMarginType { get; } = new(-4046, "No need to change margin type.");

    public static Refusal MarginTypeWithOrders { get; } =
        new(-4047, "Margin type cannot be changed if there exists open orders.");

    public static Refusal MarginTypeWithPosition { get; } =
        new(-4048, "Margin type cannot be changed if there exists position.");

    public static Refusal SamePositionMode { get; } = new(-4059, "No need to change position side.");

    public static Refusal WrongPositionSide { get; } =
        new(-4061, "Order's position side does not match user's setting.");

    public static Refusal PositionModeWithOrders { get; } =
        new(-4067, "Position side cannot be changed if there exists open orders.");

    public static Refusal PositionModeWithPosition { get; } =
        new(-4068, "Position side cannot be changed if there exists position.");

    public static Refusal WrongBatchSize { get; } = new(-4082, "Invalid number of batch place orders.");

    public static Refusal DuplicateClientId { get; } = new(-4116, "ClientOrderId is duplicated.");

    public static Refusal Triggering { get; } = new(-4117, "Stop order is triggering.");

    public static Refusal ReduceOnlyCovered { get; } =
        new(-4118, "ReduceOnly Order Failed. Please check your existing position and open orders.");

    public static Refusal UseAlgoService { get; } =
        new(-4120, "Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.");

    public static Refusal SecondClosePosition { get; } =
        new(-4130, "An open stop or take profit order with GTE and closePosition in the direction is existing.");

    public static Refusal MarketOutsideBand { get; } =
        new(-4131, "The counterparty's best price does not meet the PERCENT_PRICE filter limit.");

    public static Refusal QuantityWithClosePosition { get; } =
        new(-4137, "Quantity must be zero with closePosition equals true.");

    public static Refusal WindowTooLong { get; } = new(-4165, "Maximum time interval is 7 days.");

    public static Refusal NoPositionForGte { get; } =
        new(-4509, "Time in Force (TIF) GTE can only be used with open positions. Please ensure that positions are available.");

    public static Refusal FillOrKill { get; } = new(
        -5021,
        "Due to the order could not be filled immediately, the FOK order has been rejected. The order will not be recorded in the order history.");

    public static Refusal PostOnly { get; } = new(
        -5022,
        "Due to the order could not be executed as maker, the Post Only order will be rejected. The order will not be recorded in the order history.");

    public static Refusal OnlyLimitOrders { get; } = new(-5025, "Only limit order is supported.");

    public static Refusal TooManyAmendments { get; } = new(-5026, "Exceed maximum modify order limit.");

    public static Refusal SameOrder { get; } = new(-5027, "No need to modify the order.");

    public static Refusal WrongPriceMatch { get; } = new(-5037, "Invalid price match.");

    public static Refusal PriceMatchUnsupported { get; } =
        new(-5038, "Price match only supports order type: LIMIT, STOP AND TAKE_PROFIT.");

    public static Refusal WrongSelfTradePrevention { get; } = new(-5039, "Invalid self trade prevention mode.");

    public static Refusal GoodTillTooSoon { get; } = new(
        -5040,
        "The goodTillDate timestamp must be greater than the current time plus 600 seconds and smaller than 253402300799000.");

    public static Refusal NoLevelForPriceMatch { get; } = new(-5041, "No depth matches this BBO order.");

    public static Refusal NotRequired(string parameter) =>
        new(-1106, $"Parameter '{parameter}' sent when not required.");

    public static Refusal WrongClosePosition(string orderType) =>
        new(-4136, $"Target strategy invalid for orderType {orderType}, closePosition true.");

    public static Refusal PriceAboveCap(decimal cap) => new(-4016, $"Limit price can't be higher than {cap}.");

    public static Refusal PriceBelowFloor(decimal floor) =>
        new(-4024, $"Limit price can't be lower than {floor}.");

    public static Refusal PriceAboveTriggerCap(decimal cap) =>
        new(-4183, $"Limit price can't be higher than {cap}.");

    public static Refusal PriceBelowTriggerFloor(decimal floor) =>
        new(-4184, $"Limit price can't be lower than {floor}.");

    public static Refusal WrongLeverage(long leverage) => new(-4028, $"Leverage {leverage} is not valid.");

    public static Refusal NotionalTooSmall(decimal least) =>
        new(-4164, $"Order's notional must be no smaller than {least} (unless you choose reduce only).");
}
