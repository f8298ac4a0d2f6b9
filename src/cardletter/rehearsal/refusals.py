"""Refusals: what SES answers instead of taking a message."""

STATUS = {
    "TooManyRequestsException": 429,
    "NotFoundException": 404,
    "SignatureDoesNotMatch": 403,
    "InternalFailure": 500,
    "ServiceUnavailableException": 503,
    "UnknownOperationException": 404,
}
"""Every other one is 400. Tests hold these against the service model."""

TOO_FAST = "Maximum sending rate exceeded."
TOO_MANY = "Daily message quota exceeded."


class RefusedError(Exception):
    """A call that is answered with an error."""

    def __init__(self, code: str, message: str) -> None:
        """Say the error's code, which has its own status, and its words."""
        super().__init__(message)
        self.code, self.message = code, message
        self.status = STATUS.get(code, 400)


def bad(message: str) -> RefusedError:
    """Give the refusal of a call that is not as it should be."""
    return RefusedError("BadRequestException", message)
