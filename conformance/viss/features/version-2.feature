Feature: VISS version 2 over WebSocket

  Background:
    Given the VISS server is running
    And the client is connected with the sub-protocol "VISSv2"

  Scenario: a leaf is read with its value as text and its own time
    When I send a read request with path "Vehicle.AverageSpeed"
    Then I should receive a valid read response
    And the answer holds
      """
      { "action": "get", "data": { "path": "Vehicle.AverageSpeed", "dp": { "value": "50", "ts": "*" } } }
      """

  Scenario: an array is read as an array of texts
    When I send a read request with path "Vehicle/Cabin/SeatPosCount"
    Then the answer holds
      """
      { "data": { "path": "Vehicle.Cabin.SeatPosCount", "dp": { "value": ["2", "3"] } } }
      """

  Scenario: a branch stands for its leaves
    When I send a read request with path "Vehicle.Cabin.Door.Row1"
    Then the answer has data of 2 nodes
    And I should receive a single value from multiple nodes

  Scenario Outline: the paths filter <paths> gives <nodes> nodes
    When I send the message
      """
      { "action": "get", "path": "Vehicle.Cabin", "filter": { "type": "paths", "parameter": <paths> } }
      """
    Then the answer has data of <nodes> nodes

    Examples:
      | paths                                        | nodes |
      | "Door.*.*.IsOpen"                            | 4     |
      | "Door/Row1/*/IsOpen"                         | 2     |
      | ["Door.Row1.DriverSide.IsOpen", "Door.Row1"] | 2     |
      | ["Door.*.*.IsOpen", "SeatPosCount"]          | 5     |
      | "Door"                                       | 4     |

  Scenario: stars at the end of a path stand for leaves of that depth alone
    When I search "Vehicle" using a path filter "*"
    Then I should receive a single value from multiple nodes
    And the answer has data of 4 nodes

  Scenario Outline: <what> is answered with <number> <reason>
    When I send the message
      """
      <message>
      """
    Then I should receive an error response with number <number> and reason "<reason>"
    And the answer holds
      """
      { "error": { "message": "*" }, "ts": "*", "data": null }
      """

    Examples:
      | what                          | message                                                                                                                     | number | reason                 |
      | an unknown path               | { "action": "get", "path": "Vehicle.Nothing" }                                                                              | 404    | invalid_path           |
      | a wildcard in the path        | { "action": "get", "path": "Vehicle.*" }                                                                                    | 404    | invalid_path           |
      | a pattern that fits nothing   | { "action": "get", "path": "Vehicle", "filter": { "type": "paths", "parameter": ["Speed", "Nothing.*"] } }                  | 404    | invalid_path           |
      | a signal without a value      | { "action": "get", "path": "Vehicle.Height" }                                                                               | 404    | unavailable_data       |
      | history of what is not kept   | { "action": "get", "path": "Vehicle.IsMoving", "filter": { "type": "history", "parameter": "PT1H" } }                       | 404    | unavailable_data       |
      | a period that is none         | { "action": "get", "path": "Vehicle.Speed", "filter": { "type": "history", "parameter": "INVALID" } }                       | 400    | invalid_duration       |
      | a filter for events in a read | { "action": "get", "path": "Vehicle.Speed", "filter": { "type": "timebased", "parameter": { "period": "100" } } }           | 400    | bad_request            |
      | two filters of a kind         | { "action": "get", "path": "Vehicle", "filter": [{ "type": "history", "parameter": "PT1H" }, { "type": "static-metadata", "parameter": "" }] } | 400 | bad_request |
      | a filter of no known kind     | { "action": "get", "path": "Vehicle.Speed", "filter": { "type": "colour", "parameter": "red" } }                            | 400    | bad_request            |
      | history in a subscription     | { "action": "subscribe", "path": "Vehicle.Speed", "filter": { "type": "history", "parameter": "PT1H" } }                    | 400    | bad_request            |
      | a range of texts              | { "action": "subscribe", "path": "Vehicle.VehicleIdentification.VIN", "filter": { "type": "range", "parameter": { "logic-op": "gt", "boundary": "5" } } } | 400 | filter_invalid |
      | a sensor that is set          | { "action": "set", "path": "Vehicle.Speed", "value": "1" }                                                                  | 401    | read_only              |
      | a branch that is set          | { "action": "set", "path": "Vehicle.Cabin", "value": "1" }                                                                  | 400    | bad_request            |
      | a value beyond its limits     | { "action": "set", "path": "Vehicle.Body.Hood.Position", "value": "101" }                                                   | 400    | invalid_value          |
      | a value that is no text       | { "action": "set", "path": "Vehicle.Body.Hood.Position", "value": 10 }                                                      | 400    | invalid_value          |
      | what is unsafe now            | { "action": "set", "path": "Vehicle.Body.Hood.IsOpen", "value": "true" }                                                    | 403    | user_forbidden         |
      | what nobody may ask           | { "action": "set", "path": "Vehicle.ADAS.ABS.IsEnabled", "value": "true" }                                                  | 403    | user_forbidden         |
      | what nobody carries out       | { "action": "set", "path": "Vehicle.TripMeterReading", "value": "0" }                                                       | 503    | service_unavailable    |
      | an unknown subscription       | { "action": "unsubscribe", "subscriptionId": "none" }                                                                       | 404    | invalid_subscriptionId |

  Scenario: a message that is no request is answered all the same
    When I send the message
      """
      { "action": "fly", "path": "Vehicle.Speed" }
      """
    Then I should receive an error response with number 400 and reason "bad_request"

  Scenario: an actuator is set, and shows it
    When I send a set request for path "Vehicle.Cabin.Infotainment.HMI.FontSize" with the value LARGE
    Then I should receive a valid set response
    When I send a read request with path "Vehicle.Cabin.Infotainment.HMI.FontSize"
    Then the answer holds
      """
      { "data": { "dp": { "value": "LARGE" } } }
      """

  Scenario: history is told without the present value, in order
    Given "Vehicle.TraveledDistance" has been updated multiple times over the past 10 minutes
    When I request historical data for "Vehicle.TraveledDistance" with a timeframe of "PT10M"
    Then I should receive a set of past data points matching the recorded values
    And the timestamps should be in chronological order

  Scenario: history of a branch tells of every signal that has one
    When I search "Vehicle" using a history filter "P2DT12H"
    Then I should receive historical data for multiple nodes

  Scenario: static metadata of a leaf
    When I search "Vehicle.Body.Hood.Position" using a static metadata filter "datatype"
    Then the answer is
      """
      { "action": "get", "requestId": "*", "ts": "*", "metadata": { "Position": { "datatype": "uint8", "type": null } } }
      """

  Scenario: static metadata of a branch has its children
    When I send the message
      """
      { "action": "get", "path": "Vehicle.Body.Hood", "filter": { "type": "static-metadata", "parameter": "" } }
      """
    Then the answer holds
      """
      { "metadata": { "Hood": { "type": "branch", "children": { "IsOpen": { "type": "actuator", "datatype": "boolean" } } } } }
      """

  Scenario: dynamic metadata: which signals are there
    When I search "Vehicle.Body.Hood" using a dynamic metadata filter "availability"
    Then the answer has data of 3 nodes
    And the answer holds
      """
      { "data": [{ "dp": { "value": "available" } }, { "dp": { "value": "unavailable" } }, { "dp": { "value": "unavailable" } }] }
      """

  Scenario: dynamic metadata: how often a signal comes
    When I search "Vehicle.TraveledDistance" using a dynamic metadata filter "samplerate"
    Then the answer holds
      """
      { "data": { "path": "Vehicle.TraveledDistance", "dp": { "value": "/^[0-9.e+-]+$/" } } }
      """

  Scenario: dynamic metadata: what the server can do
    When I search "Vehicle" using a dynamic metadata filter "server_capabilities"
    Then I should receive a list of server capabilities

  Scenario: a subscription without a filter brings what comes
    When I send a subscription request for "Vehicle.Speed"
    Then I should receive a valid subscribe response
    And I should receive a valid subscription event

  Scenario: a timebased subscription brings values however often they come
    When I subscribe to "Vehicle.AverageSpeed" using a timebased filter with period 50
    Then I should receive a valid subscribe response
    And I should receive a valid subscription event
    And I should receive a valid subscription event

  Scenario: a timebased subscription of several paths brings them together
    When I subscribe to "Vehicle" with the filter
      """
      [{ "type": "paths", "parameter": ["Speed", "AverageSpeed"] }, { "type": "timebased", "parameter": { "period": "30" } }]
      """
    Then the next event holds
      """
      { "data": [{ "path": "Vehicle.Speed" }, { "path": "Vehicle.AverageSpeed", "dp": { "value": "50" } }] }
      """

  Scenario: a range subscription brings values within, the present one at once
    Given the car reports "Vehicle.TripDuration" as 20
    When I subscribe to "Vehicle.TripDuration" with the filter
      """
      { "type": "range", "parameter": [{ "boundary-op": "gte", "boundary": "10" }, { "boundary-op": "lt", "boundary": "30" }] }
      """
    Then the next event holds
      """
      { "data": { "dp": { "value": "20" } } }
      """
    When the car reports "Vehicle.TripDuration" as 30
    Then no event comes within 60 ms
    When the car reports "Vehicle.TripDuration" as 10
    Then the next event holds
      """
      { "data": { "dp": { "value": "10" } } }
      """

  Scenario: a range may have a gap
    When I subscribe to "Vehicle.Speed" using a range filter
    Then I should receive a valid subscribe response
    And I should receive a valid subscription event

  Scenario: a change subscription adds up slow changes
    Given the car reports "Vehicle.TripDuration" as 100
    When I subscribe to "Vehicle.TripDuration" using a change filter
    Then I should receive a valid subscribe response
    When the car reports "Vehicle.TripDuration" as 108
    Then no event comes within 60 ms
    When the car reports "Vehicle.TripDuration" as 111
    Then the next event holds
      """
      { "data": { "dp": { "value": "111" } } }
      """

  Scenario: curve logging sends the points that make the curve when its buffer is full
    When I subscribe to "Vehicle.Speed" using a curvelog filter with maxerr 0.5 and bufsize 20
    Then I should receive a valid subscribe response
    And I should receive exactly 20 data points

  Scenario: curve logging leaves out what a straight line tells
    When I subscribe to "Vehicle.TripDuration" using a curvelog filter with maxerr 1000 and bufsize 3
    And the car reports "Vehicle.TripDuration" as 1
    And the car reports "Vehicle.TripDuration" as 2
    And the car reports "Vehicle.TripDuration" as 3
    Then I should receive exactly 2 data points

  Scenario: after unsubscribing nothing comes
    Given I have a subscription to "Vehicle.Speed"
    When I send an unsubscribe request
    Then I should receive a valid unsubscribe response
    And no event comes within 100 ms

  Scenario: a client that names no sub-protocol is spoken to in version 2
    When a client connects without a sub-protocol
    And I send a read request with path "Vehicle.Nothing"
    Then the answer holds
      """
      { "error": { "number": 404, "reason": "invalid_path", "message": "*", "description": null } }
      """
